//! What the policy's extractors find in a file. Files of any size are walked, never held.

use std::io::{BufRead, Read};

use super::bytes::{Place, Text, open};
use super::json;
use super::reading::Stop;
use super::text_lines::TextLines;
use super::xml;
use crate::model::exact::{Exact, parse_decimal, whole};
use crate::model::input::{Content, Input, InputState, Kind, Problem};
use crate::model::metric::Measurement;
use crate::model::origin::Origin;
use crate::policy::extract::{Expression, Extractor, JsonStep, Way, XmlPath, XmlStep};

/// Most that is kept of a text that should be a number, in bytes.
const LONGEST: usize = 200;

/// A text, and where it stands.
type Found = (String, Place);

/// Takes the number of `extractor` out of the file `path`. Whatever goes wrong is an error that names the expression; the
/// measurement is then not there.
pub fn extract(extractor: &Extractor, path: String, bytes: u64, reader: Box<dyn Read + Send>) -> Input {
    let outcome = open(reader).and_then(|mut text| number(&extractor.place, &mut text));
    let mut input = Input {
        path,
        origin: Origin::default(),
        bytes,
        format: Some("extract"),
        kind: Some(Kind::Measurements),
        state: InputState::Measured,
        content: None,
        coverage: None,
        problems: Vec::new(),
    };
    match outcome {
        Ok(value) => {
            input.content = Some(Content::Measurements(vec![Measurement {
                id: extractor.name.clone(),
                value: value * &extractor.one,
                unit: extractor.unit,
                better: extractor.better,
                commit: None,
                environment: None,
                spread: None,
                counts: None,
            }]));
        }
        Err(stop) => {
            let message = format!("`{}`: {}", extractor.name, stop.problem.message);
            input.state = stop.state;
            input.problems.push(Problem { message, ..stop.problem });
        }
    }
    input
}

fn number(expression: &Expression, text: &mut Text) -> Result<Exact, Stop> {
    let found = match &expression.way {
        Way::Json(steps) => {
            let mut found = Vec::new();
            let mut cursor = json::Cursor::new(text).allowing_words();
            cursor.find_document()?;
            in_json(&mut cursor, steps, &mut found)?;
            cursor.end()?;
            found
        }
        Way::Xml(path) => in_xml(&mut xml::Cursor::new(text), path)?,
        Way::Line(regex) => in_lines(text, regex)?,
    };
    let shown = &expression.text;
    let (written, place) = match found.as_slice() {
        [one] => one,
        [] => return Err(refused(format!("nothing stands at `{shown}`"), Place::START)),
        [_, (_, second), ..] => {
            return Err(refused(
                format!("more than one thing stands at `{shown}`; name one of them"),
                *second,
            ));
        }
    };
    parse_decimal(written.trim()).filter(|value| *value >= whole(0)).ok_or_else(|| {
        refused(format!("`{written}` stands at `{shown}`, where a number from 0 on belongs"), *place)
    })
}

fn refused(message: String, place: Place) -> Stop {
    Stop::invalid(Problem::error(message).at(place.line, place.column))
}

fn keep(found: &mut Vec<Found>, mut text: String, place: Place) {
    // The second one tells that there are several.
    if found.len() < 2 {
        text.truncate(text.floor_char_boundary(LONGEST));
        found.push((text, place));
    }
}

/// The steps are few, so the depth of the calls is small.
fn in_json<R: BufRead>(
    cursor: &mut json::Cursor<R>,
    steps: &[JsonStep],
    found: &mut Vec<Found>,
) -> Result<(), Stop> {
    let Some((step, rest)) = steps.split_first() else {
        cursor.kind()?;
        let (place, value) = (cursor.place(), cursor.value()?);
        keep(found, value.text().unwrap_or("no number").to_owned(), place);
        return Ok(());
    };
    let in_list = match step {
        JsonStep::Key(_) => false,
        JsonStep::Index(_) => true,
        JsonStep::Any => cursor.kind()? == json::Kind::List,
    };
    if in_list {
        let mut at = 0;
        cursor.list(|cursor| {
            let wanted = !matches!(step, JsonStep::Index(index) if *index != at);
            at += 1;
            if wanted { in_json(cursor, rest, found) } else { cursor.skip() }
        })?;
    } else {
        cursor.object(|cursor, key| {
            let wanted = !matches!(step, JsonStep::Key(name) if name != key);
            if wanted { in_json(cursor, rest, found) } else { cursor.skip() }
        })?;
    }
    Ok(())
}

fn in_xml(cursor: &mut xml::Cursor<'_>, path: &XmlPath) -> Result<Vec<Found>, Stop> {
    let (mut found, mut matched, mut text) = (Vec::new(), 0, None::<String>);
    loop {
        let depth = cursor.depth();
        match cursor.next()? {
            xml::Event::Eof => return Ok(found),
            xml::Event::Start(tag) => {
                let fits =
                    depth == matched && path.elements.get(depth).is_some_and(|step| is_step(step, &tag));
                matched += usize::from(fits);
                if fits && matched == path.elements.len() {
                    match &path.attribute {
                        None => text = Some(String::new()),
                        Some(name) => {
                            if let Some(value) = tag.attribute(name).map(std::borrow::Cow::into_owned) {
                                let place = cursor.place();
                                keep(&mut found, value, place);
                            }
                        }
                    }
                }
            }
            xml::Event::Text(piece) if depth == path.elements.len() => {
                if let Some(text) = text.as_mut().filter(|text| text.len() < LONGEST) {
                    text.push_str(piece.get(..piece.floor_char_boundary(LONGEST)).unwrap_or_default());
                }
            }
            xml::Event::Text(_) => {}
            xml::Event::End(_) => {
                if depth == path.elements.len()
                    && let Some(text) = text.take()
                {
                    let place = cursor.place();
                    keep(&mut found, text, place);
                }
                matched = matched.min(depth.saturating_sub(1));
            }
        }
    }
}

fn is_step(step: &XmlStep, tag: &xml::Tag<'_>) -> bool {
    let attribute = step.attribute.as_ref();
    step.name.as_ref().is_none_or(|name| name == tag.name())
        && attribute.is_none_or(|(key, value)| tag.attribute(key).is_some_and(|found| found == *value))
}

fn in_lines(text: &mut Text, regex: &regex_automata::meta::Regex) -> Result<Vec<Found>, Stop> {
    let (mut lines, mut found) = (TextLines::new(text), Vec::new());
    let mut captures = regex.create_captures();
    while let Some(line) = lines.next_line()? {
        regex.captures(&line.text, &mut captures);
        let span = captures.get_group(1).or_else(|| captures.get_match().map(|all| all.span()));
        if let Some(piece) = span.and_then(|span| line.text.get(span.range())) {
            keep(&mut found, piece.to_owned(), Place { line: lines.number(), column: 1 });
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy;

    /// The outcome of one extractor over `file`.
    fn outcome(how: &str, file: &str) -> String {
        let text = format!(
            "evidence:\n  extract:\n    - {{name: size, file: \"*\", {how}, unit: KiB, better: lower}}\n"
        );
        let policy = policy::load::parse(&text, "readiness.yml").unwrap();
        let bytes = Box::new(std::io::Cursor::new(file.to_owned()));
        let input = extract(&policy.evidence.extract[0], "f".to_owned(), 0, bytes);
        match (&input.content, input.problems.first()) {
            (Some(Content::Measurements(all)), None) => format!("{} {}", all[0].value, all[0].unit.name()),
            (_, Some(problem)) => format!(
                "{} {}:{} {}",
                input.state.name(),
                problem.line.unwrap_or(0),
                problem.column.unwrap_or(0),
                problem.message
            ),
            _ => "nothing".to_owned(),
        }
    }

    #[test]
    fn json_paths_lead_to_one_number() {
        let file = r#"{"a": [{"b.c": 2}, {"b.c": "3"}], "n": NaN, "o": {"p": 4}}"#;
        assert_eq!(outcome("jsonpath: \"$.a[1]['b.c']\"", file), "3072 bytes");
        assert_eq!(outcome("jsonpath: \"$.o.*\"", file), "4096 bytes");
        insta::assert_snapshot!(outcome("jsonpath: \"$.a[*]['b.c']\"", file), @"invalid 1:28 `size`: more than one thing stands at `$.a[*]['b.c']`; name one of them");
        insta::assert_snapshot!(outcome("jsonpath: $.x.y", file), @"invalid 1:1 `size`: nothing stands at `$.x.y`");
        insta::assert_snapshot!(outcome("jsonpath: $.n", file), @"invalid 1:40 `size`: `NaN` stands at `$.n`, where a number from 0 on belongs");
        insta::assert_snapshot!(outcome("jsonpath: $.o", file), @"invalid 1:50 `size`: `no number` stands at `$.o`, where a number from 0 on belongs");
        assert!(outcome("jsonpath: $.o.p", "{\"o\": {\"p\": 1").starts_with("incomplete"));
        assert!(outcome("jsonpath: $.o.p", &format!("{{\"o\": {}", "[".repeat(5000))).starts_with("invalid"));
    }

    #[test]
    fn xml_paths_lead_to_an_attribute_or_a_text() {
        let file = "<r><s n='a'><t>1</t></s><s n='b' z='7'><t> 2 </t><u><t>9</t></u></s><t>3</t></r>";
        assert_eq!(outcome("xpath: \"/r/s[@n='b']/t\"", file), "2048 bytes");
        assert_eq!(outcome("xpath: /r/t/text()", file), "3072 bytes");
        assert_eq!(outcome("xpath: /r/s/@z", file), "7168 bytes");
        assert!(outcome("xpath: /r/s/t", file).contains("more than one"));
        assert!(outcome("xpath: /r/x", file).contains("nothing stands at `/r/x`"));
        assert!(outcome("xpath: /r/t", "<r><t>3</t>").starts_with("incomplete"));
    }

    #[test]
    fn a_regular_expression_leads_to_its_first_group() {
        let file = "start\nsize = 12.5 kB gzip\nend\n";
        assert_eq!(outcome("regex: 'size = ([0-9.]+)'", file), "12800 bytes");
        assert_eq!(outcome("regex: '12'", file), "12288 bytes");
        assert!(outcome("regex: '[a-z]+'", file).contains("more than one"));
        assert!(outcome("regex: 'none'", file).contains("nothing stands"));
    }
}

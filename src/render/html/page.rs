//! Elements put together. Every text goes through the escape here; what stands around it is ours.

use std::fmt::Display;

use crate::render::escape::html as safe;

/// Colours and measures; follows the reader's light or dark setting.
const STYLE: &str = "\
:root{color-scheme:light dark}
body{font:15px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%;margin:.5rem 0}
th,td{text-align:left;padding:.2rem .6rem;border-bottom:1px solid #8884;vertical-align:top;overflow-wrap:anywhere}
th{font-weight:600;font-size:.85em}
.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.good{color:#1a7f37}.bad{color:#cf222e}.odd{color:#9a6700}.faint{opacity:.7}
meter{width:8rem}";

/// Most cases of one kind and most files; JSON has all.
pub(super) const LISTED: usize = 500;

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Plain,
    Number,
    Good,
    Bad,
    Odd,
    Faint,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Number => " class=\"n\"",
            Self::Good => " class=\"good\"",
            Self::Bad => " class=\"bad\"",
            Self::Odd => " class=\"odd\"",
            Self::Faint => " class=\"faint\"",
        }
    }
}

/// One cell of a table.
pub(super) struct Cell(String);

impl Cell {
    pub(super) fn text(text: &str) -> Self {
        Self::toned(text, Tone::Plain)
    }

    pub(super) fn number(number: impl Display) -> Self {
        Self::toned(&format!("{number}"), Tone::Number)
    }

    pub(super) fn toned(text: &str, tone: Tone) -> Self {
        Self(format!("<td{}>{}</td>", tone.class(), safe(text)))
    }

    /// A bar of `tenths` out of 1000.
    pub(super) fn bar(tenths: i64) -> Self {
        Self(format!("<td><meter min=\"0\" max=\"1000\" value=\"{}\"></meter></td>", tenths.clamp(0, 1000)))
    }
}

/// A page in the making.
pub(super) struct Page(String);

impl Page {
    pub(super) fn new(title: &str) -> Self {
        let title = safe(title);
        Self(format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
             <meta name=\"viewport\" content=\"width=device-width\"/>\n<title>{title}</title>\n\
             <style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
        ))
    }

    pub(super) fn finish(mut self) -> String {
        self.0.push_str("</body>\n</html>\n");
        self.0
    }

    pub(super) fn heading(&mut self, text: &str) {
        self.push(&format!("<h2>{}</h2>", safe(text)));
    }

    pub(super) fn sentence(&mut self, text: &str, tone: Tone) {
        self.push(&format!("<p{}>{}</p>", tone.class(), safe(text)));
    }

    pub(super) fn list(&mut self, entries: impl IntoIterator<Item = String>) {
        self.entries("ul", entries);
    }

    /// What is done in this order.
    pub(super) fn steps(&mut self, entries: impl IntoIterator<Item = String>) {
        self.entries("ol", entries);
    }

    fn entries(&mut self, tag: &str, entries: impl IntoIterator<Item = String>) {
        let entries: Vec<String> =
            entries.into_iter().map(|entry| format!("<li>{}</li>", safe(&entry))).collect();
        if !entries.is_empty() {
            self.push(&format!("<{tag}>{}</{tag}>", entries.join("\n")));
        }
    }

    /// Headings with a leading `>` stand to the right.
    pub(super) fn table(&mut self, headings: &[&str], rows: impl IntoIterator<Item = Vec<Cell>>) {
        let head: String = headings
            .iter()
            .map(|heading| match heading.strip_prefix('>') {
                Some(heading) => format!("<th class=\"n\">{heading}</th>"),
                None => format!("<th>{heading}</th>"),
            })
            .collect();
        self.push(&format!("<table>\n<thead><tr>{head}</tr></thead>\n<tbody>"));
        for row in rows {
            let cells: String = row.into_iter().map(|cell| cell.0).collect();
            self.push(&format!("<tr>{cells}</tr>"));
        }
        self.push("</tbody>\n</table>");
    }

    fn push(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }
}

/// The last row of a list of four columns that is longer than what is shown.
pub(super) fn more(word: &str, left: usize) -> Option<Vec<Cell>> {
    let said = Cell::toned(&format!("and {left} more"), Tone::Faint);
    (left > 0).then(|| vec![Cell::text(word), said, Cell::text(""), Cell::text("")])
}

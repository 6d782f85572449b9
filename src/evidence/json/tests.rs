use super::super::build::VALUES;
use super::super::value::Value;
use super::*;

fn value(text: &str) -> Result<Value, String> {
    let mut cursor = Cursor::new(text.as_bytes());
    let value = cursor.value().and_then(|value| cursor.end().map(|()| value));
    value.map_err(|stop| {
        let place = stop.problem.line.zip(stop.problem.column).unwrap();
        format!("{} {}:{} {}", stop.state.name(), place.0, place.1, stop.problem.message)
    })
}

fn text(json: &str) -> String {
    value(json).unwrap().text().unwrap().to_owned()
}

#[test]
fn strings_are_unescaped_and_halves_of_pairs_replaced() {
    assert_eq!(text(r#""a\"\\\/\b\f\n\r\t\u00e9""#), "a\"\\/\u{8}\u{c}\n\r\té");
    assert_eq!(text(r#""\ud83d\ude00""#), "😀");
    assert_eq!(text(r#""\ud83d""#), "\u{fffd}");
    assert_eq!(text(r#""\ude00x\ud83d\ud83d\ude00\n""#), "\u{fffd}x\u{fffd}😀\n");
    assert_eq!(text(r#""C:\Users\u12""#), "C:\\Users\u{fffd}");
}

#[test]
fn what_is_no_number_is_a_text_where_it_is_allowed() {
    let mut cursor = Cursor::new(&b"[NaN, -Infinity, 1]"[..]).allowing_words();
    let texts: Vec<_> = cursor.value().unwrap().list().iter().map(|v| v.text().unwrap().to_owned()).collect();
    assert_eq!(texts, ["NaN", "-Infinity", "1"]);
    assert!(Cursor::new(&b"[nil]"[..]).allowing_words().value().is_err());
}

#[test]
fn long_strings_are_cut_between_characters() {
    let long = text(&format!("\"{}\"", "é".repeat(10_000)));
    assert_eq!(long, "é".repeat(8 << 10));
    let odd = text(&format!("\"x{}\"", "é".repeat(10_000)));
    assert_eq!(odd.len(), (16 << 10) - 1);
}

#[test]
fn what_is_no_json_is_told_with_its_place() {
    let broken = [
        ("{\"a\": 1,}", "invalid 1:9 expected a value behind `,` in JSON, found `}`"),
        ("[1\n 2]", "invalid 2:2 expected `,` or `]` in JSON, found `2`"),
        ("{\"é\" 1}", "invalid 1:6 expected `:` in JSON, found `1`"),
        ("{1: 2}", "invalid 1:2 expected a key in quotes in JSON, found `1`"),
        ("[NaN]", "invalid 1:2 expected a value in JSON, found `N`"),
        ("[1.2.3]", "invalid 1:2 expected a value in JSON, found `1`"),
        (
            "{} {",
            "invalid 1:4 another JSON document begins behind the first one; write one document per file",
        ),
        ("[\"a", "incomplete 1:4 the file ends inside of a JSON value; it was cut short"),
        ("{\"a\": tr", "incomplete 1:9 the file ends inside of a JSON value; it was cut short"),
        ("", "incomplete 1:1 the file ends inside of a JSON value; it was cut short"),
    ];
    for (json, expected) in broken {
        assert_eq!(value(json), Err(expected.to_owned()), "{json}");
    }
}

#[test]
fn records_are_bounded_in_depth_and_in_size() {
    let deep = format!("{{\"a\": {}{}}}", "[".repeat(500), "]".repeat(500));
    let wide = format!("[{}0]", "0,".repeat(100_000));
    for json in [deep, wide] {
        let mut cursor = Cursor::new(json.as_bytes());
        let record = cursor.value().unwrap();
        assert!(record.list().len() < VALUES);
        assert!(cursor.problems()[0].message.starts_with("a record is too large"));
        assert_eq!(cursor.peek_or_end(), Ok(None));
    }
}

#[test]
fn walking_too_deep_is_a_fault() {
    let deep = "[".repeat(2000);
    assert_eq!(Cursor::new(deep.as_bytes()).skip().unwrap_err().problem.column, Some(1001));
}

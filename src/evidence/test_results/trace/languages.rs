//! One line of a trace, as each language writes it.

use super::paths::{ending, is_library, is_source, last_word, local};
use crate::model::tests::Frame;

/// The frame that a line of a trace tells of, unless it is one of a library.
pub(super) fn frame(line: &str) -> Option<Frame> {
    let clean;
    let line = if line.contains('\u{1b}') {
        clean = without_colours(line);
        clean.as_str()
    } else {
        line
    };
    let (file, number) = python(line)
        .or_else(|| dotnet(line))
        .or_else(|| colon(line))
        .or_else(|| words(line))
        .or_else(|| dart(line))
        .or_else(|| brackets(line))?;
    let file = file.replace('\\', "/");
    (number > 0 && !is_library(&file)).then_some(Frame { file, line: number })
}

/// `File "/src/cart.py", line 12, in total`
fn python(line: &str) -> Option<(String, u32)> {
    let (file, rest) = line.trim_start().strip_prefix("File \"")?.split_once('"')?;
    Some((file.to_owned(), leading_number(rest.strip_prefix(", line ")?)?))
}

/// `at Shop.Cart.Sum() in /src/Cart.cs:line 12`; the word for `line` is translated.
pub(crate) fn dotnet(line: &str) -> Option<(String, u32)> {
    let (frame, word) = line.trim_end().trim_end_matches('.').rsplit_once(':')?;
    let number = word.split_once(' ')?.1.parse().ok()?;
    let (_, file) = frame.split_once(") in ").or_else(|| frame.split_once(" in "))?;
    is_source(file).then(|| (file.to_owned(), number))
}

/// `src/lib.rs:12:5`, `(Cart.java:12)`, `fn@/src/a.js:1:2`, `cart_test.cpp:12: Failure`
fn colon(line: &str) -> Option<(String, u32)> {
    line.match_indices(':').find_map(|(at, _)| {
        let number = leading_number(line.get(at + 1..)?)?;
        let before = line.get(..at)?;
        let in_brackets = before.rsplit_once('(').map(|(_, path)| path).filter(|path| !path.contains(')'));
        let url = before.rfind("file://").and_then(|url| before.get(url..));
        let whole = in_brackets.or(url).filter(|path| is_source(local(path)));
        let path = whole.unwrap_or_else(|| last_word(before));
        let file = local(path);
        is_source(file).then(|| (packaged(file, before), number))
    })
}

/// `at t/cart.t line 12.`, `in /src/Cart.php on line 12`, `(in test file cart.bats, line 2)`
fn words(line: &str) -> Option<(String, u32)> {
    line.match_indices(" line ").find_map(|(at, word)| {
        let number = leading_number(line.get(at + word.len()..)?)?;
        let before = line.get(..at)?;
        let file = last_word(before.strip_suffix(" on").or(before.strip_suffix(',')).unwrap_or(before));
        is_source(file).then(|| (file.to_owned(), number))
    })
}

/// `test/cart_test.dart 12:3  main.<fn>`
fn dart(line: &str) -> Option<(String, u32)> {
    let (file, rest) = line.trim_start().split_once(".dart ")?;
    let number = leading_number(rest.trim_start())?;
    // `package:shop/cart.dart` lies in `lib` of the package `shop`.
    let file = match file.strip_prefix("package:").and_then(|package| package.split_once('/')) {
        Some((package, below)) if !package.starts_with("test") => format!("lib/{below}"),
        _ => file.to_owned(),
    };
    (!file.contains(' ')).then(|| (format!("{file}.dart"), number))
}

/// `C:\src\cart_test.cpp(12): error`
fn brackets(line: &str) -> Option<(String, u32)> {
    line.match_indices('(').find_map(|(at, _)| {
        let number = leading_number(line.get(at + 1..)?)?;
        let file = last_word(line.get(..at)?);
        is_source(file).then(|| (file.to_owned(), number))
    })
}

/// Frames of the JVM name the file without its folder, which is the package in front of it:
/// `at com.acme.Cart.total(Cart.java:12)`.
fn packaged(file: &str, before: &str) -> String {
    const JVM: [&str; 5] = ["java", "kt", "scala", "groovy", "clj"];
    let is_jvm = ending(file).is_some_and(|ending| JVM.contains(&ending));
    let method = before.rsplit_once('(').map(|(method, _)| last_word(method));
    let Some(method) = method.filter(|_| is_jvm && !file.contains('/')) else { return file.to_owned() };
    let method = method.rsplit('/').next().unwrap_or(method);
    let is_package =
        |part: &&str| part.starts_with(|c: char| c.is_lowercase() || c == '_') && !part.contains('$');
    let all: Vec<&str> = method.split('.').collect();
    let named = all.get(..all.len().saturating_sub(2)).unwrap_or_default();
    let package: Vec<&str> = named.iter().copied().take_while(is_package).collect();
    if package.is_empty() { file.to_owned() } else { format!("{}/{file}", package.join("/")) }
}

/// The number that `text` begins with.
fn leading_number(text: &str) -> Option<u32> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text.get(..end)?.parse().ok()
}

/// `line` without the escape sequences that set colours.
fn without_colours(line: &str) -> String {
    let mut parts = line.split("\u{1b}[");
    let mut clean = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        clean.push_str(
            part.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';').get(1..).unwrap_or(""),
        );
    }
    clean
}

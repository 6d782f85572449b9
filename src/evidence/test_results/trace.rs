//! Source files and lines that a failure's text names: the frames of stack traces, language by language.

use crate::model::tests::Frame;

/// Frames that are kept of one failure.
const MAX_FRAMES: usize = 6;
/// How much text of one failure is looked at, in bytes.
const MAX_TEXT: usize = 64 << 10;
/// Longest line that is looked at, in bytes.
const MAX_LINE: usize = 1000;
/// Failures of one report whose frames are kept; nobody looks at more places than these.
pub(super) const MAX_TRACED: u64 = 10_000;

/// Endings of source files: what stands before `:12` must have one, or times and addresses would be files.
const SOURCES: [&str; 55] = [
    "py", "pyx", "js", "jsx", "mjs", "cjs", "ts", "tsx", "mts", "cts", "vue", "svelte", "java", "kt", "kts",
    "scala", "groovy", "clj", "go", "rs", "rb", "php", "phpt", "cs", "fs", "vb", "swift", "m", "mm", "c",
    "cc", "cpp", "cxx", "h", "hh", "hpp", "hxx", "ex", "exs", "erl", "dart", "pl", "pm", "t", "lua", "jl",
    "hs", "ml", "sh", "bats", "feature", "robot", "nim", "zig", "f90",
];
/// Parts of paths of what others wrote: such a frame is never the project's own.
const LIBRARIES: [&str; 18] = [
    "/site-packages/",
    "/dist-packages/",
    "/lib/python3",
    "node_modules/",
    "node:",
    "/usr/lib/",
    "/usr/local/lib/",
    "/usr/share/",
    "/.cargo/registry/",
    "/rustc/",
    "/rustlib/",
    "/go/pkg/mod/",
    "/go/src/testing/",
    "/gems/",
    "/opt/hostedtoolcache/",
    "/nix/store/",
    "package:test",
    "jdk.internal",
];

/// Takes the text of a failure in pieces and keeps the frames in it.
#[derive(Debug, Default)]
pub(super) struct Frames {
    line: String,
    looked_at: usize,
    found: Vec<Frame>,
}

impl Frames {
    /// More text.
    pub(super) fn push(&mut self, text: &str) {
        let end = text.floor_char_boundary(MAX_TEXT.saturating_sub(self.looked_at));
        self.looked_at += text.len().min(MAX_TEXT);
        for piece in text.get(..end).unwrap_or_default().split_inclusive('\n') {
            let room = piece.floor_char_boundary(MAX_LINE.saturating_sub(self.line.len()));
            self.line.push_str(piece.get(..room).unwrap_or_default());
            if piece.ends_with('\n') {
                self.end_line();
            }
        }
    }

    /// The text ends here: what follows is another one.
    pub(super) fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let Some(frame) = frame(&line) else { return };
        if self.found.contains(&frame) {
            return;
        }
        if self.found.len() == MAX_FRAMES {
            if !is_python(&frame) {
                return;
            }
            self.found.remove(0);
        }
        self.found.push(frame);
    }

    /// The frames, innermost first.
    pub(super) fn finish(mut self) -> Vec<Frame> {
        self.end_line();
        if self.found.first().is_some_and(is_python) {
            self.found.reverse();
        }
        self.found
    }
}

/// Python tells the innermost frame last.
fn is_python(frame: &Frame) -> bool {
    ending(&frame.file) == Some("py")
}

/// The frame that a line of a trace tells of, unless it is one of a library.
fn frame(line: &str) -> Option<Frame> {
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
    let is_library = LIBRARIES.iter().any(|library| file.contains(library)) || number == 0;
    (!is_library).then_some(Frame { file, line: number })
}

/// `File "/src/cart.py", line 12, in total`
fn python(line: &str) -> Option<(String, u32)> {
    let (file, rest) = line.trim_start().strip_prefix("File \"")?.split_once('"')?;
    Some((file.to_owned(), leading_number(rest.strip_prefix(", line ")?)?))
}

/// `at Shop.Cart.Sum() in /src/Cart.cs:line 12`; the word for `line` is translated.
fn dotnet(line: &str) -> Option<(String, u32)> {
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

/// `at t/cart.t line 12.`, `in /src/Cart.php on line 12`
fn words(line: &str) -> Option<(String, u32)> {
    line.match_indices(" line ").find_map(|(at, word)| {
        let number = leading_number(line.get(at + word.len()..)?)?;
        let before = line.get(..at)?;
        let file = last_word(before.strip_suffix(" on").unwrap_or(before));
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

/// What follows the last character that no path in a trace has.
fn last_word(text: &str) -> &str {
    const ENDS: [char; 14] = ['(', ')', '"', '\'', '`', '@', '<', '>', '[', ']', ',', ';', '=', '│'];
    text.rsplit(|c: char| c.is_whitespace() || ENDS.contains(&c)).next().unwrap_or(text)
}

/// The path in a URL: scripts are told by where a server or a bundler has them.
fn local(path: &str) -> &str {
    let path = path.split('?').next().unwrap_or(path);
    let Some((scheme, rest)) = path.split_once("://") else { return path };
    let scheme = scheme.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap_or(scheme);
    match scheme {
        "http" | "https" => rest.split_once('/').map_or(rest, |(_, path)| path),
        "file" => rest,
        _ => rest.trim_start_matches(['/', '.']),
    }
}

fn ending(file: &str) -> Option<&str> {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map(|(_, ending)| ending)
}

fn is_source(file: &str) -> bool {
    ending(file).is_some_and(|ending| SOURCES.contains(&ending))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn frames(text: &str) -> Vec<(String, u32)> {
        let mut frames = Frames::default();
        for piece in text.split_inclusive(' ') {
            frames.push(piece);
        }
        frames.finish().into_iter().map(|frame| (frame.file, frame.line)).collect()
    }

    #[test]
    fn every_language_tells_its_places_in_its_own_way() {
        for (line, file, number) in [
            ("  File \"/w/shop/cart.py\", line 12, in total", "/w/shop/cart.py", 12),
            ("tests/test_cart.py:7: AssertionError", "tests/test_cart.py", 7),
            ("    at Cart.total (/w/src/cart.js:3:15)", "/w/src/cart.js", 3),
            ("    at async file:///w/a b/cart.mjs:3:15", "/w/a b/cart.mjs", 3),
            ("    at Object.<anonymous> (file:///w/a b/cart.mjs:3:15)", "/w/a b/cart.mjs", 3),
            ("    at eval (webpack:///./src/cart.ts?1a2b:9:1)", "src/cart.ts", 9),
            ("total@http://localhost:9876/base/src/cart.js:4:2", "base/src/cart.js", 4),
            ("total@/w/src/cart.js:4:2", "/w/src/cart.js", 4),
            (
                "\u{1b}[36m \u{1b}[2m❯\u{1b}[22m test/a.test.ts:\u{1b}[2m5:9\u{1b}[22m\u{1b}[39m",
                "test/a.test.ts",
                5,
            ),
            ("\tat com.acme.shop.Cart.total(Cart.java:12)", "com/acme/shop/Cart.java", 12),
            ("\tat app//com.acme.Cart$Item$1.invoke(Cart.kt:8)", "com/acme/Cart.kt", 8),
            ("    cart_test.go:12: got 3, want 4", "cart_test.go", 12),
            ("\t/w/shop/cart_test.go:12 +0x1d", "/w/shop/cart_test.go", 12),
            ("thread 'a' panicked at src/lib.rs:12:5:", "src/lib.rs", 12),
            ("thread 'a' panicked at 'no', src/lib.rs:12:5", "src/lib.rs", 12),
            ("# ./spec/cart_spec.rb:12:in `block'", "./spec/cart_spec.rb", 12),
            ("spec/cart_spec.rb:12:in 'Cart#total'", "spec/cart_spec.rb", 12),
            ("/w/tests/CartTest.php:12", "/w/tests/CartTest.php", 12),
            ("Fatal error in /w/src/Cart.php on line 12", "/w/src/Cart.php", 12),
            ("   at Shop.Cart.Sum() in C:\\a in b\\Cart.cs:line 12", "C:/a in b/Cart.cs", 12),
            ("   bei Shop.Cart.Sum() in /src/Cart.fs:Zeile 7.", "/src/Cart.fs", 7),
            ("/w/Tests/CartTests.swift:12: error: -[CartTests testTotal]", "/w/Tests/CartTests.swift", 12),
            ("cart_test.cpp:12: Failure", "cart_test.cpp", 12),
            ("at /w/test/cart.cpp:12", "/w/test/cart.cpp", 12),
            ("C:\\w\\cart_test.cpp(12): error: Expected", "C:/w/cart_test.cpp", 12),
            ("     test/cart_test.exs:12: (test)", "test/cart_test.exs", 12),
            ("  test/cart_test.dart 12:3  main.<fn>", "test/cart_test.dart", 12),
            ("  package:shop/src/cart.dart 12:3  Cart.total", "lib/src/cart.dart", 12),
            ("#   at t/cart.t line 12.", "t/cart.t", 12),
        ] {
            assert_eq!(frames(line), [(file.to_owned(), number)], "{line}");
        }
    }

    #[test]
    fn what_is_no_place_of_the_project_is_left_out() {
        for line in [
            "at 12:30:45 on localhost:8080",
            "expected 3:4 to equal a.b:12",
            "  File \"/usr/lib/python3.12/unittest/case.py\", line 58, in run",
            "    at Module._compile (node:internal/modules/cjs/loader.js:1:2)",
            "    at x (/w/node_modules/jest/build/a.js:1:2)",
            "  package:test_api/src/expect.dart 12:3  expect",
            "a.py:0: x",
            "a.py:99999999999: x",
        ] {
            assert_eq!(frames(line), [], "{line}");
        }
    }

    #[test]
    fn the_innermost_frame_stands_first() {
        let python = "File \"a.py\", line 1, in a\n  x\nFile \"b.py\", line 2, in b\n";
        assert_eq!(frames(python), [("b.py".to_owned(), 2), ("a.py".to_owned(), 1)]);
        assert_eq!(frames("at a (a.js:1:1)\nat b (b.js:2:1)")[0], ("a.js".to_owned(), 1));
        let deep = (1..100).map(|line| format!("a.py:{line}: x")).collect::<Vec<_>>().join("\n");
        assert_eq!(frames(&deep).len(), MAX_FRAMES);
        assert_eq!(frames(&deep)[0].1, 99);
        let endless = format!("{}\na.rs:1:1", "x".repeat(MAX_TEXT));
        assert_eq!(frames(&endless), []);
    }
}

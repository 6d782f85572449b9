use proptest::prelude::*;

use super::comments::comments;
use super::languages::{LANGUAGES, Language, of};
use super::markers::markers;
use super::rules::Rules;

/// `line: text`, with a star where an issue is named.
fn found(path: &str, text: &str) -> Vec<String> {
    let star = |tracked| if tracked { "*" } else { "" };
    markers(path, text.as_bytes(), 1000)
        .iter()
        .map(|todo| format!("{}: {}{}", todo.line, todo.text, star(todo.tracked)))
        .collect()
}

#[test]
fn markers_are_words_in_comments() {
    let text = "// TODO: one\nfn todo() { let TODO = 1; } // not TODOS, not a_TODO\n/* two\n * FIXME(ann) later */\n\
                // HACK XXX one a line\n// `TODO` and \"FIXME\" are spoken of\n//XXX";
    insta::assert_snapshot!(found("a.c", text).join("\n"), @r"
    1: TODO: one
    4: FIXME(ann) later
    5: HACK XXX one a line
    7: XXX
    ");
}

#[test]
fn parts_of_names_and_patterns_are_no_markers() {
    let text = "// XXX-XX-XXXX ssn\n// mktemp file.XXX\n// /tmp/XXX/a\n// see TODO.md\n// FIXME/TODO: 1\n\
                // - TODO- 2\n// done... TODO: 3\n///TODO 4\n// TODO-later 5";
    insta::assert_snapshot!(found("a.c", text).join("\n"), @r"
    5: FIXME/TODO: 1
    6: TODO- 2
    7: TODO: 3
    8: TODO 4
    9: TODO-later 5
    ");
}

#[test]
fn of_two_comments_on_one_line_the_first_marker_counts() {
    assert_eq!(found("a.vue", "<!-- TODO one --> <!-- FIXME two -->\n// XXX"), ["1: TODO one", "2: XXX"]);
}

#[test]
fn an_issue_makes_a_marker_tracked() {
    let tracked = [
        "TODO(#123): x",
        "TODO: see acme/shop#7",
        "FIXME GH-12 x",
        "TODO: https://github.com/acme/shop/issues/5",
        "TODO(ABC-12) x",
        "TODO: [SHOP2-1]",
        "XXX https://gitlab.com/a/b/-/merge_requests/9",
        "#12: TODO before",
        "https://github.com/acme/shop/issues/4 TODO",
        "TODO: color of #12",
    ];
    let open = [
        "TODO(ann): x",
        "TODO",
        "TODO: #fixed",
        "TODO: take UTF-8",
        "TODO: UTF-8",
        "FIXME: see https://docs.example.org/3/library",
        "TODO: color #12ab34",
        "TODO: use color #123456",
        "TODO: Colour: '#404040'",
        "TODO: #000",
        "TODO: issue later",
    ];
    for (all, wanted) in [(&tracked[..], true), (&open[..], false)] {
        for text in all {
            let todos = markers("a.rs", format!("// {text}").as_bytes(), 9);
            assert_eq!(todos.iter().map(|todo| todo.tracked).collect::<Vec<_>>(), [wanted], "{text}");
        }
    }
}

#[test]
fn every_language_tells_its_comments_from_its_strings() {
    let cases = [
        (
            "a.rs",
            r###"let a = r##"// TODO"# // TODO"##; let b: &'a str = "/* TODO"; let c = '"'; // TODO 1"###,
        ),
        ("a.rs", "/* a /* TODO 1 */ TODO\n*/ x // TODO 1"),
        ("a.cpp", "auto a = R\"x(// TODO)\" )x\"; int n = 1'000; char c = '\\''; // TODO 1"),
        ("a.java", "String s = \"\"\"\n// TODO\n\"\"\"; char c = '\"'; // TODO 1"),
        ("a.cs", "var s = @\"c:\\\"; var t = @\"// \"\" TODO\"; // TODO 1"),
        ("a.go", "s := `\n// TODO\n`; r := '\"' // TODO 1"),
        ("a.ts", "const s = `\n// TODO`; const r = /[\"'`/]/; const q = a / b; // TODO 1"),
        ("a.tsx", "a = <p>// TODO</p>; // TODO 1"),
        ("a.js", "x('https://a/TODO'); y = \"it's\"; // TODO 1"),
        ("a.py", "s = '''\n# TODO\n'''; t = \"# TODO \\\" # TODO\"  # TODO 1"),
        ("a.sh", "cat <<'EOF' > x\n# TODO\nEOF\necho ${#x} \\' a#TODO 'a\n# TODO' # TODO 1"),
        ("a.sh", "y=$((1 << n)) # TODO 1"),
        ("a.rb", "s = <<~END\n  # TODO\n  END\n=begin\nTODO 1\n=end\nt = '# TODO' # TODO 1"),
        ("a.php", "<p># TODO it's</p><?php $s = '// TODO'; #[A('# TODO')]\n// TODO 1\n?> // TODO"),
        ("a.yml", "a: \"# TODO\" # TODO 1\nb: x#TODO"),
        ("a.toml", "a = '''\n# TODO\n''' # TODO 1"),
        ("a.sql", "select '-- TODO''', 1 -- TODO 1"),
        ("a.lua", "s = [[ -- TODO ]] --[[ TODO 1\n]] x = '-- TODO'"),
        ("a.hs", "f' = '\"' {- a {- b -} TODO 1 -} \"-- TODO\"\n-- TODO 1"),
        ("a.ml", "let x = \"(* TODO *)\" and y = (*) (* TODO 1 *)"),
        ("a.clj", "(str \"; TODO\" \\; TODO) ; TODO 1"),
        ("a.tf", "a = <<EOT\n# TODO\nEOT\nb = \"// TODO\" # TODO 1"),
        ("a.html", "<p>TODO</p><!-- TODO 1 -->"),
        ("a.md", "TODO `<!-- TODO -->` <!-- TODO 1 -->"),
        ("a.scss", "a { b: url(http://x//TODO.png) } // TODO 1"),
        ("Dockerfile", "RUN x # TODO\n  # TODO 1"),
        ("Makefile", "a:\n\techo \\# TODO # TODO 1"),
        ("a.ps1", "$a = @\"\n# TODO\n\"@ <# TODO 1 #>"),
        ("a.bat", "echo TODO\r\n  REM TODO 1"),
        ("a.zig", "const s =\n  \\\\ // TODO\n; // TODO 1"),
        ("a.ex", "s = \"# TODO\" # TODO 1"),
        ("a.erl", "S = \"% TODO\", C = $\", % TODO 1"),
        ("a.jl", "#= TODO 1 =# s = \"# TODO\"\n# TODO 1"),
        ("a.R", "#==== TODO 1\ns <- '# TODO'"),
        ("a.vb", "s = \"' TODO\" ' TODO 1"),
    ];
    for (path, text) in cases {
        let found = found(path, text);
        assert_eq!(found.len(), text.matches("TODO 1").count(), "{path}: {text}\n{found:?}");
        assert!(found.iter().all(|line| line.contains("TODO 1")), "{path}: {found:?}");
    }
}

#[test]
fn what_is_not_closed_ends_with_its_line_or_its_file() {
    assert_eq!(found("a.js", "x = 'it\n// TODO 1"), ["2: TODO 1"]);
    assert_eq!(found("a.c", "/* TODO 1\n TODO 2"), ["1: TODO 1", "2: TODO 2"]);
    assert_eq!(found("a.go", "x = `\n// TODO"), [""; 0]);
    assert_eq!(found("a.rs", "r#\"\n// TODO"), [""; 0]);
}

#[test]
fn generated_binary_and_unknown_files_have_no_markers() {
    let todo = "\n// TODO: x";
    for beginning in ["// Code generated by protoc", "// DO NOT EDIT", concat!("/* @", "generated */"), "\0"]
    {
        assert_eq!(found("a.go", &format!("{beginning}{todo}")), [""; 0], "{beginning}");
    }
    assert_eq!(found("a.json", todo), [""; 0]);
    assert_eq!(found("a.go", todo).len(), 1);
    assert_eq!(markers("a.go", b"// TODO \xff\xfe x", 9)[0].text.as_ref(), "TODO \u{fffd}\u{fffd} x");
}

#[test]
fn foreign_and_generated_paths_are_left_out() {
    let rules = Rules::new(
        "gen/** linguist-generated\n*.lib.c -linguist-vendored linguist-generated=true\n\
                            gen/own.c -linguist-generated\n# x linguist-generated\n[ linguist-vendored\n",
    );
    let wanted = ["src/a.c", "gen/own.c", "vendors/a.c", "src/deps/a.c", "a/Dockerfile", "x.yml"];
    let left = [
        "vendor/a.c",
        "web/node_modules/x/a.js",
        "third_party/a.c",
        "Godeps/a.go",
        "a/_vendor/a.py",
        "src/external/a.c",
        "deps/a.ex",
        "a.min.js",
        "api/a.pb.go",
        "pnpm-lock.yaml",
        "gen/a.c",
        "src/x.lib.c",
        "a.json",
        "Cargo.lock",
        "LICENSE",
        "x.Generated.cs",
    ];
    assert!(wanted.iter().all(|path| rules.wants(path)), "{wanted:?}");
    assert!(!left.iter().any(|path| rules.wants(path)), "{left:?}");
}

#[test]
fn names_of_languages_are_not_claimed_twice() {
    for language in LANGUAGES {
        for name in language.names() {
            assert!(of(&format!("src/{name}")).is_some_and(|found| std::ptr::eq(found, language)), "{name}");
        }
    }
}

/// Parts of code that open and close everything that there is, and pieces of it.
fn pieces() -> impl Strategy<Value = Vec<String>> {
    let mut all: Vec<String> =
        ["\n", " ", "x", "TODO", "\\", "é", "<<A\n", "A\n", "'", "\"", "`", "/", "*", "#"]
            .map(str::to_owned)
            .to_vec();
    for language in LANGUAGES {
        let tokens = [language.line, language.block, language.strings];
        all.extend(tokens.iter().flat_map(|text| text.split([' ', '…'])).map(str::to_owned));
    }
    proptest::collection::vec(proptest::sample::select(all), 0..40)
}

fn language() -> impl Strategy<Value = &'static Language> {
    (0..LANGUAGES.len()).prop_map(|at| &LANGUAGES[at])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn comments_are_parts_of_the_text_in_its_order(parts in pieces(), language in language()) {
        let text = parts.concat();
        let mut last = 0;
        comments(text.as_bytes(), language, &mut |start, comment| {
            assert!(start >= last && text.as_bytes().get(start..start + comment.len()) == Some(comment));
            last = start + comment.len();
        });
    }

    #[test]
    fn bytes_of_any_kind_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..200), language in language()) {
        let name = language.names().next().unwrap();
        let text = [b"TODO\n".as_slice(), &bytes].concat();
        let found = markers(&format!("x.{name}"), &text, 5);
        prop_assert!(found.len() <= 5);
    }

    #[test]
    fn a_marker_in_a_string_is_never_counted(words in "[a-z#/*;%! -]{0,12}", language in language()) {
        let name = language.names().next().unwrap();
        for word in language.strings.split(' ').filter(|word| word.contains(['"', '`', '\''])) {
            if word.starts_with('~') {
                continue;
            }
            let quotes = word.trim_start_matches(['*', '!']);
            let (open, close) = quotes.split_once('…').unwrap_or((quotes, quotes));
            let text = format!("\nx = {open}{words} TODO: x{close}\n");
            prop_assert_eq!(found(&format!("x.{name}"), &text), Vec::<String>::new(), "{}", text);
        }
    }

    #[test]
    fn files_one_after_the_other_have_the_markers_of_both(one in "[a-z \n]{0,20}", two in "[a-z \n]{0,20}") {
        let of = |text: &str| markers("a.rs", text.as_bytes(), 99).len();
        let (one, two) = (format!("{one}// TODO {one}\n"), format!("{two}\"// TODO\" // TODO {two}\n"));
        prop_assert_eq!(of(&format!("{one}{two}")), of(&one) + of(&two));
    }
}

#[test]
fn a_hostile_text_takes_no_longer_than_its_length_allows() {
    let mut texts = ["<<A ", "=/[", "r#\"", "/*", "'\\", "\"", "R\"((", "{-", "`", "# ", "\\"]
        .map(|part| part.repeat(20_000));
    let started = std::time::Instant::now();
    for text in &mut texts {
        text.push_str("TODO");
        for language in LANGUAGES {
            comments(text.as_bytes(), language, &mut |_, _| {});
        }
    }
    assert!(started.elapsed().as_secs() < 30, "{:?}", started.elapsed());
}

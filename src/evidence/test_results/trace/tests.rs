use super::Frames;
use super::frames::{MAX_FRAMES, MAX_TEXT};

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
        ("# (in test file test/cart.bats, line 12)", "test/cart.bats", 12),
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
        "\t/usr/local/go/src/runtime/panic.go:884 +0x212",
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

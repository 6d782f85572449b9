//! Reports as large as asked for, and the same in every run.

use std::fmt::Write as _;

/// Cases of one suite, lines of one source file.
const PER_GROUP: usize = 100;

/// `group` after `group` between `open` and `close`, until there are `size` bytes.
fn document(size: usize, (open, close): (&str, &str), mut group: impl FnMut(&mut String, usize)) -> Vec<u8> {
    let mut text = String::with_capacity(size + (64 << 10));
    text.push_str(open);
    let mut number = 0;
    while text.len() < size {
        group(&mut text, number);
        number += 1;
    }
    text.push_str(close);
    text.into_bytes()
}

/// Writing into a string cannot fail.
macro_rules! put {
    ($text:expr, $($part:tt)*) => { let _ = write!($text, $($part)*); };
}

/// About 250 bytes a case, one in fifty of them failing, as a large test suite writes them.
pub(crate) fn junit(size: usize) -> Vec<u8> {
    let ends = (
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"all\" tests=\"0\" failures=\"0\" errors=\"0\">\n",
        "</testsuites>\n",
    );
    document(size, ends, |text, group| {
        put!(
            text,
            "<testsuite name=\"com.example.shop.Suite{group}\" tests=\"{PER_GROUP}\" failures=\"2\" errors=\"0\" skipped=\"0\">\n"
        );
        for case in 0..PER_GROUP {
            put!(
                text,
                "<testcase name=\"adds item {case} to a cart that already holds some &amp; keeps its total right for every currency\" classname=\"com.example.shop.cart.CartServiceIntegrationTest{group}\" time=\"0.{case:03}\" file=\"src/test/java/com/example/shop/CartTest{group}.java\""
            );
            if case % 50 == 7 {
                put!(
                    text,
                    ">\n<failure message=\"expected &lt;{case}&gt; but was &lt;0&gt;\" type=\"AssertionError\">at CartTest.java:{case}\n\tat java.base/jdk.internal.reflect.Method.invoke(Method.java:580)</failure>\n</testcase>\n"
                );
            } else {
                text.push_str("/>\n");
            }
        }
        text.push_str("</testsuite>\n");
    })
}

/// One class with its lines, every tenth of them a branch.
pub(crate) fn cobertura(size: usize) -> Vec<u8> {
    let ends = (
        "<?xml version=\"1.0\" ?>\n<coverage line-rate=\"0.5\" branch-rate=\"0.5\" version=\"7.1\" timestamp=\"1\">\n<sources><source>/src</source></sources>\n<packages><package name=\"shop\" line-rate=\"0.5\" branch-rate=\"0.5\" complexity=\"0\"><classes>\n",
        "</classes></package></packages></coverage>\n",
    );
    document(size, ends, |text, group| {
        put!(
            text,
            "<class name=\"m{group}.py\" filename=\"shop/m{group}.py\" complexity=\"0\" line-rate=\"0.5\" branch-rate=\"0.5\"><methods/><lines>\n"
        );
        for line in 1..=PER_GROUP {
            let hits = line % 3;
            if line % 10 == 0 {
                put!(
                    text,
                    "<line number=\"{line}\" hits=\"{hits}\" branch=\"true\" condition-coverage=\"50% (1/2)\" missing-branches=\"9\"/>\n"
                );
            } else {
                put!(text, "<line number=\"{line}\" hits=\"{hits}\"/>\n");
            }
        }
        text.push_str("</lines></class>\n");
    })
}

/// One source file with its lines and counters.
pub(crate) fn jacoco(size: usize) -> Vec<u8> {
    let ends = (
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><report name=\"shop\"><sessioninfo id=\"a\" start=\"1\" dump=\"2\"/><package name=\"com/example/shop\">",
        "</package></report>",
    );
    document(size, ends, |text, group| {
        put!(
            text,
            "<class name=\"com/example/shop/C{group}\" sourcefilename=\"C{group}.java\"><method name=\"add\" desc=\"(I)V\" line=\"3\"><counter type=\"INSTRUCTION\" missed=\"1\" covered=\"2\"/><counter type=\"METHOD\" missed=\"0\" covered=\"1\"/></method></class><sourcefile name=\"C{group}.java\">"
        );
        for line in 1..=PER_GROUP {
            put!(
                text,
                "<line nr=\"{line}\" mi=\"{}\" ci=\"{}\" mb=\"0\" cb=\"{}\"/>",
                line % 4,
                line % 3,
                (line % 10) / 9
            );
        }
        text.push_str("<counter type=\"LINE\" missed=\"33\" covered=\"67\"/></sourcefile>");
    })
}

/// One source file with functions, branches and lines.
pub(crate) fn lcov(size: usize) -> Vec<u8> {
    document(size, ("TN:\n", ""), |text, group| {
        put!(text, "SF:src/shop/module{group}.c\nFN:3,add{group}\nFNDA:2,add{group}\nFNF:1\nFNH:1\n");
        for line in 1..=PER_GROUP {
            put!(text, "DA:{line},{}\n", line * 7 % 3);
            if line % 10 == 0 {
                put!(text, "BRDA:{line},0,0,1\nBRDA:{line},0,1,-\n");
            }
        }
        text.push_str("BRF:20\nBRH:10\nLF:100\nLH:67\nend_of_record\n");
    })
}

/// One source file with segments, as `llvm-cov export` writes them.
pub(crate) fn llvm_cov(size: usize) -> Vec<u8> {
    let ends = (
        "{\"data\":[{\"files\":[",
        "],\"functions\":[]}],\"type\":\"llvm.coverage.json.export\",\"version\":\"2.0.1\"}",
    );
    document(size, ends, |text, group| {
        let comma = if group == 0 { "" } else { "," };
        put!(
            text,
            "{comma}{{\"branches\":[],\"expansions\":[],\"filename\":\"/src/shop/module{group}.rs\",\"segments\":["
        );
        for line in 1..=PER_GROUP {
            let comma = if line == 1 { "" } else { "," };
            put!(text, "{comma}[{line},5,{},true,true,false],[{line},19,0,false,false,false]", line * 7 % 3);
        }
        text.push_str("],\"summary\":{\"lines\":{\"count\":100,\"covered\":67,\"percent\":67.0}}}");
    })
}

/// Cases of a test report in JSON.
pub(crate) fn ctrf(size: usize) -> Vec<u8> {
    let ends = (
        "{\"reportFormat\":\"CTRF\",\"specVersion\":\"0.0.0\",\"results\":{\"tool\":{\"name\":\"jest\"},\"tests\":[",
        "],\"summary\":{}}}",
    );
    document(size, ends, |text, group| {
        for case in 0..PER_GROUP {
            let comma = if group == 0 && case == 0 { "" } else { "," };
            put!(
                text,
                "{comma}{{\"name\":\"adds item {case} to a cart that already holds some\",\"status\":\"passed\",\"duration\":{case},\"suite\":[\"shop\",\"cart {group}\"],\"filePath\":\"src/cart{group}.test.ts\",\"browser\":\"chromium\"}}"
            );
        }
    })
}

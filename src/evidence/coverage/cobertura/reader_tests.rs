use super::*;
use crate::evidence::bytes;
use crate::evidence::coverage::shown;

fn shown(xml: &str) -> String {
    let mut text = bytes::open(Box::new(std::io::Cursor::new(xml.to_owned()))).unwrap();
    shown::shown(&read(&mut text))
}

fn class(attributes: &str, lines: &str) -> String {
    format!("<class {attributes}><methods/><lines>{lines}</lines></class>")
}

fn report(classes: &str) -> String {
    format!(
        "<coverage line-rate='0.5'><packages><package><classes>{classes}</classes></package></packages></coverage>"
    )
}

#[test]
fn lines_of_the_class_count_and_methods_are_functions() {
    insta::assert_snapshot!(shown(&report("
<class name='C' filename='.\\src\\a.ts'>
  <methods>
    <method name='f' signature='()'><lines><line number='1' hits='3'/></lines></method>
    <method name='g'><lines><line number='9' hits='0'/></lines></method>
    <method name='abstract'/>
  </methods>
  <lines><line number='2' hits='3'/><line number='3' hits='0'/><line number='2' hits='1'/></lines>
</class>
<class name='D' filename='src/only-methods.swift'>
  <methods><method name='f'><lines><line number='4' hits='1'/></lines></method></methods>
</class>
<class name='E' filename='src/empty.py'/>")), @"
        measured
        src/a.ts [(2, 3), (3, 0)] functions 1/2
        src/empty.py []
        src/only-methods.swift [(4, 1)] functions 1/1
        ");
}

#[test]
fn branches_come_from_the_pair_else_from_conditions() {
    insta::assert_snapshot!(shown(&report(&class("filename='a.py'", "
<line number='1' hits='1' branch='True' condition-coverage='50% (1/2)'/>
<line number='2' hits='1' branch='true' condition-coverage='150% (3/2)'/>
<line number='3' hits='0' condition-coverage='0% (0/0)'/>
<line number='4' hits='1' branch='true'><conditions>
  <condition number='0' type='jump' coverage='50%'/><condition number='1' type='jump' coverage='100%'/>
  <condition number='2' type='switch' coverage='100.0%'/>
</conditions></line>
<line number='5' hits='1' branch='true' condition-coverage='100%'/>
<line number='1' hits='0' branch='true' condition-coverage='25% (1/4)'/>"))), @"
        measured
        a.py [(1, 1), (2, 1), (3, 0), (4, 1), (5, 1)] branches 7/11
        warning 3:1 `150% (3/2)`: more branches taken than there are; taken as all
        warning 9:1 `line 5`: does not say how many branches were taken; they are left out
        ");
}

#[test]
fn one_file_in_many_classes_is_one_file() {
    let classes = class("name='A' filename='a.cs'", "<line number='1' hits='1'/><line number='2' hits='0'/>")
        + &class("name='B' filename='a.cs'", "<line number='2' hits='4'/><line number='3' hits='0'/>");
    assert_eq!(shown(&report(&classes)), "measured\na.cs [(1, 1), (2, 4), (3, 0)]");
}

#[test]
fn odd_lines_and_classes_cost_only_themselves() {
    let classes = class("name='A'", "<line number='1' hits='1'/>")
        + &class("name='B' filename=''", "<line number='1' hits='1'/>")
        + &class(
            "filename='../x.py'",
            "<line number='0' hits='1'/><line number='abc' hits='1'/><line hits='1'/>
<line number='7' hits=''/><line number='8'/><line number='4000000000' hits='1,234'/>",
        );
    insta::assert_snapshot!(shown(&report(&classes)), @r#"
        measured
        ../x.py [(7, 0), (8, 0), (4000000000, 255)]
        warning 1:55 `class A`: belongs to no source file; left out (2 times, the first one here)
        warning 1:219 `../x.py`: a source file above the project; kept as a name only
        warning 1:262 `number="0"`: no line number from 1 to 4294967295; left out (3 times, the first one here)
        warning 2:1 `hits=""`: no hit count; taken as not run (2 times, the first one here)
        "#);
}

#[test]
fn totals_of_the_producer_are_shown_beside_ours() {
    let xml = "<coverage lines-covered='9' lines-valid='10'><packages><package><classes>\
                   <class filename='a.c'><lines><line number='1' hits='1'/></lines></class>\
                   </classes></package></packages></coverage>";
    assert_eq!(
        shown(xml),
        "measured\na.c [(1, 1)]\nwarning the report states 9 of 10 lines covered, its records hold 1 of 1 \
             lines; the records count"
    );
    assert_eq!(shown(&xml.replace("'9'", "'1'").replace("'10'", "'1'")), "measured\na.c [(1, 1)]");
}

#[test]
fn rates_without_lines_are_empty() {
    let shown =
        shown("<coverage line-rate='0.83' lines-covered='83' lines-valid='100'><packages/></coverage>");
    assert_eq!(shown, "empty\nwarning the report holds no line, so it measures nothing; rates are not used");
}

#[test]
fn a_cut_report_keeps_whole_classes_and_is_incomplete() {
    let whole = report(
        &(class("filename='a.c'", "<line number='1' hits='1'/>")
            + &class("filename='b.c'", "<line number='1' hits='1'/>")),
    );
    let cut = whole.get(..whole.len() - 70).unwrap();
    let shown = shown(cut);
    assert!(shown.starts_with("incomplete\na.c [(1, 1)]\nerror 1:"), "{shown}");
}

#[test]
fn two_reports_in_one_file_and_other_roots_are_refused() {
    let one = report(&class("filename='a.c'", "<line number='1' hits='1'/>"));
    let twice = shown(&format!("{one}\n{one}"));
    assert!(twice.starts_with("invalid\n") && twice.contains("error 2:1 a second report begins"), "{twice}");
    assert!(shown("<html><body/></html>").contains("`coverage`, not `html`"));
    assert!(shown("<coverage>&xxe;</coverage>").starts_with("invalid\nerror 1:11"));
}

use super::*;

#[test]
fn plain_data_is_read_fast_and_everything_else_is_left_alone() {
    assert_eq!(plain_data(b"12,3"), Some((12, 3)));
    assert_eq!(plain_data(b"12,3,md5=="), Some((12, 3)));
    assert_eq!(plain_data(b"123456789,999999999"), Some((123_456_789, 999_999_999)));
    for slow in [&b"0,1"[..], b"-5,1", b"1,-1", b"4294967295,0", b"1,1.5e3", b"1", b"1,", b",1", b"1, 2", b""]
    {
        assert_eq!(plain_data(slow), None);
    }
}

fn plain_branch(text: &[u8]) -> Option<(u32, (u32, u32), bool)> {
    leading_branch(text).filter(|(_, rest)| rest.is_empty()).map(|(branch, _)| branch)
}

#[test]
fn plain_branches_are_read_as_the_slow_way_reads_them() {
    assert_eq!(plain_branch(b"12,0,1,3"), Some((12, (0, 1), true)));
    assert_eq!(plain_branch(b"12,e3,10,0"), Some((12, (3, 10), false)));
    assert_eq!(plain_branch(b"12,0,1,-"), Some((12, (0, 1), false)));
    for plain in [&b"12,0,1,3"[..], b"0,f3,0,0", b"7,0,1,-", b"7,2,33,999999999"] {
        let (line, (block, branch), taken) = plain_branch(plain).unwrap();
        let slow = super::branch(plain).unwrap();
        assert_eq!(branch_line(slow.line), Some(line));
        assert_eq!(slow.name, format!("{block},{branch}").as_bytes());
        assert_eq!(slow.taken == Taken::Yes, taken);
        assert!(!slow.is_unreachable);
    }
    for other in
        ["1,U0,0,1", "1,00,0,1", "1,0,01,1", "1,0,x,1", "1,0,1,2 ", "1,0,1", "1,ef0,0,1", "1,0,0,1,1"]
    {
        assert_eq!(plain_branch(other.as_bytes()), None, "{other}");
    }
}

#[test]
fn whole_lines_ahead_are_taken_and_all_others_left_alone() {
    let taken = |bytes: &'static [u8]| {
        ahead(bytes).map(|(record, length)| match record {
            Ahead::Line(line, hits) => (line, u64::from(hits), length),
            Ahead::Branch(line, (block, branch), taken) => {
                (line, u64::from(block * 100 + branch * 10 + u32::from(taken)), length)
            }
        })
    };
    assert_eq!(taken(b"DA:12,3\nDA:13,1\n"), Some((12, 3, &b"DA:13,1\n"[..])));
    assert_eq!(taken(b"DA:1,0\r\n"), Some((1, 0, &b""[..])));
    assert_eq!(taken(b"BRDA:7,1,2,5\nDA"), Some((7, 121, &b"DA"[..])));
    assert_eq!(taken(b"BRDA:7,e0,1,-\n"), Some((7, 10, &b""[..])));
    for other in [
        &b"DA:12,3"[..],
        b"DA:12,3,md5\n",
        b"DA:0,1\n",
        b"DA:1,1 \n",
        b"DA:1234567890,1\n",
        b"BRDA:7,0,jump,1\n",
        b"BRDA:7,0,1,\n",
        b"BRDA:7,0,1,-",
        b" DA:1,1\n",
        b"LF:2\n",
        b"",
    ] {
        assert_eq!(taken(other), None);
    }
}

#[test]
fn a_branch_is_known_by_block_and_text() {
    let all = |record: &'static [u8]| {
        let branch = branch(record).unwrap();
        (text(branch.name).into_owned(), branch.taken, branch.is_unreachable)
    };
    assert_eq!(all(b"5,0,1,-"), ("0,1".into(), Taken::No, false));
    assert_eq!(all(b"5,e0,1,0"), ("0,1".into(), Taken::No, false));
    assert_eq!(all(b"5,eU12,1,7"), ("12,1".into(), Taken::Yes, true));
    assert_eq!(all(b"3,0,jump to line 4, or not,1"), ("0,jump to line 4, or not".into(), Taken::Yes, false));
    assert_eq!(all(b"3,else,x,None"), ("else,x".into(), Taken::Unknown, false));
    for wrong in [&b"5,0,1"[..], b"5", b""] {
        assert_eq!(branch(wrong), None);
    }
}

#[test]
fn names_may_hold_commas_and_follow_an_end_line() {
    assert_eq!(function_name(b"10,f"), Some(&b"f"[..]));
    assert_eq!(function_name(b"10,20,f(int, int)"), Some(&b"f(int, int)"[..]));
    assert_eq!(function_name(b"10,f<1, 2>(int)"), Some(&b"f<1, 2>(int)"[..]));
    assert_eq!(function_name(b"10,42"), Some(&b"42"[..]));
    assert_eq!(function_name(b"10"), None);
}

use super::*;

#[test]
fn word_documents_become_lines() {
    let html = DraftText { text: String::new(), kind: DraftKind::Html };
    assert_eq!(read_draft(b"<p>x</p>", "a.html").unwrap().kind, html.kind);
    assert!(matches!(read_draft(b" \n", "a.md"), Err(TaskError::Extract { .. })));
    assert!(matches!(read_draft(b"\xff\xfe\x00", "a.txt"), Err(TaskError::Extract { .. })));
}

use tracegate::discover::tree::{Memory, Tree};

#[test]
fn a_tree_in_memory_is_sorted_by_bytes_and_holds_each_path_once() {
    let tree = Memory::new([("b", "1"), ("a/b", "22"), ("a-b", ""), ("b", "333"), ("B", "4")]);
    let paths: Vec<_> = tree.files().iter().map(|entry| entry.path.as_str()).collect();
    assert_eq!(paths, ["B", "a-b", "a/b", "b"]);
    assert_eq!(tree.bytes(3).unwrap(), b"333");
    assert_eq!(tree.find("a/b"), Some(2));
    assert_eq!(tree.find("a"), None);
}

#[test]
fn an_index_out_of_range_is_an_error() {
    let tree = Memory::new([("a", "")]);
    assert_eq!(tree.bytes(1).unwrap_err().kind(), std::io::ErrorKind::NotFound);
}

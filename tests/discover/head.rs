//! The commits that files belong to, and which files are not those of it.

use super::Folder;
use tracegate::discover::commit::Commit;
use tracegate::discover::disk::Disk;
use tracegate::discover::joined::{Joined, Part};
use tracegate::discover::tree::Tree;
use tracegate::model::history::{Head, Tip};
use tracegate::model::revision::Why;

/// What is told of all files of a tree.
fn heads(tree: &dyn Tree) -> Vec<Head> {
    tree.heads(&(0..tree.files().len()).collect::<Vec<_>>())
}

fn tip(id: &str, compared: usize, changed: &[&str]) -> Result<Tip, Why> {
    let changed = changed.iter().map(|path| (*path).to_owned()).collect();
    Ok(Tip { id: id.to_owned(), seconds: 1_735_689_600, compared, changed })
}

#[test]
fn files_that_are_not_those_of_the_commit_are_named() {
    let folder = Folder::new(&[("a/one.md", "1\n2\n"), ("b.md", "b"), ("c.md", "c"), ("d.md", "d")]);
    folder.git(&["init", "--quiet", "--initial-branch=main"]);
    let first = folder.commit();
    let all =
        |changed: &[&str], n: usize| vec![Head { folder: String::new(), is_commit: false, commit: tip(&first, n, changed) }];
    assert_eq!(heads(&Disk::open(folder.path(), &[]).unwrap()), all(&[], 4));
    // Other ends of lines are what git itself may have made of it.
    folder.write("a/one.md", "1\r\n2\r\n");
    folder.write("b.md", "other");
    folder.write("new.md", "new");
    folder.git(&["add", "c.md"]);
    assert_eq!(heads(&Disk::open(folder.path(), &[]).unwrap()), all(&["b.md", "new.md"], 5));
    folder.git(&["add", "--all"]);
    assert_eq!(heads(&Disk::open(folder.path(), &[]).unwrap()), all(&["b.md", "new.md"], 5), "staged is not committed");
    let below = Disk::open(&folder.path().join("a"), &[]).unwrap();
    assert_eq!(heads(&below), all(&[], 1), "a folder of a repository");
    let commit = Commit::open(folder.path(), "HEAD").unwrap();
    assert_eq!(heads(&commit), [Head { folder: String::new(), is_commit: true, commit: tip(&first, 0, &[]) }]);
}

#[test]
fn repositories_within_and_beside_are_told_apart() {
    let inner = Folder::new(&[("t.py", "def test_a(): pass\n")]);
    inner.git(&["init", "--quiet", "--initial-branch=main"]);
    let second = inner.commit();
    let outer = Folder::new(&[("a.md", "a")]);
    outer.git(&["init", "--quiet", "--initial-branch=main"]);
    outer.git(&["submodule", "--quiet", "add", inner.path().to_str().unwrap(), "core"]);
    let first = outer.commit();
    outer.write("core/t.py", "def test_b(): pass\n");
    let told: Vec<(String, Result<Tip, Why>)> =
        heads(&Disk::open(outer.path(), &[]).unwrap()).into_iter().map(|head| (head.folder, head.commit)).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!(told[0].1.as_ref().map(|tip| (&*tip.id, tip.changed.len())), Ok((&*first, 0)), "{told:?}");
    assert_eq!(told[1], ("core/".to_owned(), tip(&second, 1, &["core/t.py"])));

    let whole = |folder: &Folder, name: &str| Part::whole(Box::new(Disk::open(folder.path(), &[]).unwrap()), name);
    let bare = Folder::new(&[("x.md", "x")]);
    let joined = Joined::new(vec![whole(&inner, "tests"), whole(&bare, "docs")]);
    let told: Vec<(String, Result<Tip, Why>)> = heads(&joined).into_iter().map(|head| (head.folder, head.commit)).collect();
    assert_eq!(told, [("tests/".to_owned(), tip(&second, 1, &[])), ("docs/".to_owned(), Err(Why::NoRepository))]);
}

use super::{Folder, absent, paths};
use tracegate::discover::commit::{Commit, CommitError};
use tracegate::discover::tree::Tree;

fn repository(files: &[(&str, &str)]) -> Folder {
    let folder = Folder::new(files);
    folder.git(&["init", "--quiet", "--initial-branch=main"]);
    folder
}

#[test]
fn a_commit_is_read_without_a_checkout() {
    let folder =
        repository(&[("b.md", "old"), ("a/c.md", "12"), ("node_modules/x/d.md", ""), (".gitignore", "kept.md"), ("kept.md", "")]);
    let first = folder.commit();
    folder.write("b.md", "new");
    let second = folder.commit();
    std::fs::remove_file(folder.path().join("b.md")).unwrap();

    let tree = Commit::open(folder.path(), &first[..8]).unwrap();
    assert_eq!(paths(&tree), [".gitignore", "a/c.md", "b.md", "kept.md"]);
    assert_eq!(tree.bytes(2).unwrap(), b"old");
    assert_eq!(tree.id(), first);
    for revision in ["HEAD", "main", "main^0", second.as_str()] {
        let tree = Commit::open(folder.path(), revision).unwrap();
        assert_eq!(tree.bytes(2).unwrap(), b"new", "{revision}");
    }
    assert_eq!(Commit::open(folder.path(), "HEAD~1").unwrap().id(), first);
    assert!(tree.bytes(9).is_err());
}

#[test]
fn annotated_tags_packs_and_bare_repositories_are_read() {
    let folder = repository(&[("a.md", "1")]);
    let id = folder.commit();
    folder.git(&["tag", "--annotate", "v1.0", "--message", "x"]);
    folder.git(&["gc", "--quiet"]);
    folder.git(&["clone", "--quiet", "--bare", ".", "bare.git"]);
    for root in [folder.path().to_owned(), folder.path().join("bare.git")] {
        let tree = Commit::open(&root, "v1.0").unwrap();
        assert_eq!((tree.id(), paths(&tree)), (id.clone(), vec!["a.md"]));
        assert_eq!(tree.bytes(0).unwrap(), b"1");
    }
}

#[test]
fn a_folder_of_a_repository_is_a_tree_of_its_own() {
    let folder = repository(&[("docs/sub/a.md", "1"), ("b.md", "")]);
    folder.commit();
    folder.write("later/c.md", "");
    let tree = Commit::open(&folder.path().join("docs"), "HEAD").unwrap();
    assert_eq!(paths(&tree), ["sub/a.md"]);
    let error = Commit::open(&folder.path().join("later"), "HEAD").err().unwrap();
    assert_eq!(error.to_string(), "the commit `HEAD` has no folder `later`");
}

#[test]
fn submodules_and_links_that_lead_out_are_absent() {
    let folder = repository(&[("a.md", "1"), ("docs/b.md", "")]);
    let id = folder.commit();
    folder.git(&["update-index", "--add", "--cacheinfo", &format!("160000,{id},libs/x")]);
    for (name, target) in [("docs/in.md", "../a.md"), ("docs/out.md", "../../c.md"), ("abs.md", "/c.md")] {
        folder.write("target", target);
        let blob = folder.git(&["hash-object", "-w", "target"]);
        folder.git(&["update-index", "--add", "--cacheinfo", &format!("120000,{blob},{name}")]);
    }
    folder.git(&["commit", "--quiet", "--message", "x"]);
    let tree = Commit::open(folder.path(), "HEAD").unwrap();
    assert_eq!(paths(&tree), ["a.md", "docs/b.md"]);
    assert_eq!(
        absent(&tree),
        [
            ("abs.md", "the link leads outside of the scan"),
            ("docs/out.md", "the link leads outside of the scan"),
            ("libs/x", "a submodule is not part of the commit"),
        ]
    );
}

#[test]
fn what_is_missing_is_said() {
    let nothing = Folder::new(&[]);
    let error = Commit::open(nothing.path(), "HEAD").err().unwrap();
    assert!(matches!(error, CommitError::NoRepository { .. }), "{error}");

    let folder = repository(&[("a.md", "1")]);
    let unborn = Commit::open(folder.path(), "HEAD").err().unwrap();
    assert!(matches!(unborn, CommitError::Unknown { .. }), "{unborn}");

    folder.commit();
    for revision in ["nope", "dead", &"0".repeat(40), "", "HEAD~7", "--all", "HEAD:", "a..b"] {
        let error = Commit::open(folder.path(), revision).err().unwrap();
        let expected = match revision {
            "HEAD:" => CommitError::NotACommit { revision: revision.to_owned() },
            _ => CommitError::Unknown { revision: revision.to_owned(), shallow: false },
        };
        assert_eq!(error, expected, "{revision}");
    }
}

#[test]
fn a_shallow_clone_says_that_it_is_shallow() {
    let folder = repository(&[("a.md", "1")]);
    let first = folder.commit();
    folder.write("a.md", "2");
    folder.commit();
    let url = format!("file://{}", folder.path().display());
    folder.git(&["clone", "--quiet", "--depth=1", &url, "shallow"]);
    let error = Commit::open(&folder.path().join("shallow"), &first).err().unwrap();
    assert_eq!(error, CommitError::Unknown { revision: first, shallow: true });
}

#[test]
fn an_ambiguous_revision_names_its_candidates() {
    // Commits with messages in order, until two ids share their first four digits.
    let folder = repository(&[("a.md", "1")]);
    let id = folder.commit();
    let tree = folder.git(&["rev-parse", "HEAD^{tree}"]);
    let mut input = String::new();
    for n in 0..600 {
        input += &format!(
            "commit refs/heads/n{n}\ncommitter t <t@example.org> 1735689600 +0000\ndata 3\n{n:03}\nM 040000 {tree} \n\n"
        );
    }
    folder.write("stream", &input);
    let stream = std::fs::File::open(folder.path().join("stream")).unwrap();
    let status = std::process::Command::new("git")
        .args(["fast-import", "--quiet"])
        .current_dir(folder.path())
        .stdin(stream)
        .status()
        .unwrap();
    assert!(status.success());
    let ids = folder.git(&["rev-list", "--all"]);
    let mut starts: Vec<_> = ids.lines().map(|id| &id[..4]).collect();
    starts.sort_unstable();
    let twice = starts.windows(2).find(|pair| pair[0] == pair[1]).unwrap()[0];
    let error = Commit::open(folder.path(), twice).err().unwrap();
    match &error {
        CommitError::Ambiguous { candidates, .. } => assert!(candidates.len() >= 2, "{error}"),
        other => panic!("{other}"),
    }
    assert_eq!(Commit::open(folder.path(), &id).unwrap().id(), id);
}

#[test]
fn a_missing_object_is_absent_and_a_missing_tree_an_error() {
    let folder = repository(&[("a.md", "1"), ("docs/b.md", "2")]);
    folder.commit();
    let remove = |what: &str| {
        let id = folder.git(&["rev-parse", what]);
        let path = folder.path().join(".git/objects").join(&id[..2]).join(&id[2..]);
        let mut permissions = std::fs::metadata(&path).unwrap().permissions();
        #[allow(clippy::permissions_set_readonly_false)]
        permissions.set_readonly(false);
        std::fs::set_permissions(&path, permissions).unwrap();
        std::fs::remove_file(path).unwrap();
        id
    };
    let tree = Commit::open(folder.path(), "HEAD").unwrap();
    remove("HEAD:docs/b.md");
    assert!(tree.bytes(1).is_err());
    let tree = Commit::open(folder.path(), "HEAD").unwrap();
    assert_eq!(paths(&tree), ["a.md"]);
    assert_eq!(absent(&tree)[0].0, "docs/b.md");
    let id = remove("HEAD:docs");
    match Commit::open(folder.path(), "HEAD") {
        Err(CommitError::Object { id: missing, .. }) => assert_eq!(missing, id),
        other => panic!("{:?}", other.map(|tree| tree.id())),
    }
}

//! Reports of this program, which are written beside what it reads.
//!
//! They are full of identifiers, and in JUnit full of results: read again they would be evidence of what they only tell.

/// How its JUnit begins.
pub const JUNIT_HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"tracegate check\"";
/// How its Markdown begins.
pub const MARKDOWN_HEAD: &str = "## tracegate: ";
/// How its CSV begins: the names of the columns of each section.
pub const CSV_HEADS: &[&str] = &[
    "code,name,severity,standing,requirement,specification,covers,place,message,help,related,waiver,fingerprint",
    "id,check,subject,path,state,findings,reason,risk,requested_by,approved_by,expires,baseline,ticket,place",
    "id,record,text,state,requirements,place",
    "id,specification,state,rung,cited,exists,passes,asserts,executes,kills,why",
    "id,type,title,status,version,parent,begun,days,waits,actions,place",
    "id,specification,title,standing,state,rung,unit,integration,system,acceptance,unknown,demands,place",
    "id,specification,title,state,assigned,claimed,cites,resolution,status,place",
    "id,specification,title,state,named,at,cites,resolution,test,test_place,level,outcome,claimed",
    "rung,reached,of,not_assessed,why",
    "role,name,signature,date",
    "what,value,place",
    "what,verdict,number,of,unit",
    "kind,change,what,message,place",
    "kind,what,why,count,place",
    "name,suite,outcome,message,place,test",
    "path,reader,results,passed,failed,skipped,other,unlinked,commit,environment",
    "path,role,document,version,status,reader,records,sha256",
    "test,place,level,runs,outcome,id,specification,title,link",
];
/// What stands near the beginning of its JSON and its SARIF.
const JSON_MARKS: [&str; 2] = ["\"tool\": {\n    \"name\": \"tracegate\"", "\"driver\": {\n          \"name\": \"tracegate\""];
/// What stands near the beginning of its page.
pub const PAGE_MARK: &str = "<meta name=\"generator\" content=\"tracegate ";
/// So much of a text is its beginning.
const HEAD: usize = 2_048;
/// Why they are not read.
pub const REASON: &str = "a report of tracegate itself";

/// Whether a text is such a report.
pub fn is_own(text: &str) -> bool {
    let line = || text.lines().next().unwrap_or("");
    let has =
        |mark: &str| text.as_bytes().get(..HEAD).unwrap_or(text.as_bytes()).windows(mark.len()).any(|at| at == mark.as_bytes());
    match text.as_bytes().first() {
        Some(b'{') => JSON_MARKS.into_iter().any(has),
        Some(b'<') => text.starts_with(JUNIT_HEAD) || text.starts_with("<!DOCTYPE html>") && has(PAGE_MARK),
        _ => text.starts_with(MARKDOWN_HEAD) || CSV_HEADS.contains(&line()),
    }
}

/// Whether a file that no reader takes may be such a report, by its name.
pub fn may_be_own(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| matches!(extension, "html" | "json" | "sarif"))
}

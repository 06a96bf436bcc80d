//! Every argument of every command. Help texts are imperative and begin with an example.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

use super::output::Color;

/// Turn a folder of court orders, reports and news into a corpus to search, quote and cite
#[derive(Debug, Parser)]
#[command(name = "misl", version, disable_help_subcommand = true, max_term_width = 80)]
#[command(after_help = "Topics: misl help query · locators · formats · privacy · errors · status")]
pub(crate) struct Args {
    /// Work in the workspace of this folder
    #[arg(short = 'C', long = "directory", value_name = "DIR", global = true)]
    pub(crate) directory: Option<PathBuf>,
    /// Print one JSON object
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Use colours: auto, always or never
    #[arg(long, value_enum, default_value_t = Color::Auto, global = true, value_name = "WHEN")]
    pub(crate) color: Color,
    /// Leave out progress and hints
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a workspace
    #[command(before_help = "Example: misl init cases")]
    Init(InitArgs),
    /// Show what misl does, on the starter corpus
    #[command(before_help = "Example: misl tour")]
    Tour(TourArgs),
    /// Read new and changed files; originals are never changed
    #[command(before_help = "Example: misl ingest ~/orders")]
    Ingest(IngestArgs),
    /// Say what was read and what could not be
    #[command(before_help = "Example: misl status --failed")]
    Status(StatusArgs),
    /// Find documents and their passages
    #[command(before_help = "Example: misl search 'tag:lims \"finance, import and install\"'")]
    Search(SearchArgs),
    /// List the dated events of the documents that a query finds, oldest first
    #[command(before_help = "Example: misl timeline 'tag:lims' --format csv > lims.csv")]
    Timeline(TimelineArgs),
    /// Find who says nearly the same as a place in a document
    #[command(before_help = "Example: misl similar ihc-2024-wp-1805@p12,para18")]
    Similar(SimilarArgs),
    /// Show which words differ between two documents
    #[command(before_help = "Example: misl diff ihc-2024-wp-1805 4f2a9c")]
    Diff(DiffArgs),
    /// Show a document, or a page of it
    #[command(before_help = "Example: misl show ihc-2024-wp-1805 --page 12")]
    Show(ShowArgs),
    /// Read one file and print what misl sees in it, without a workspace
    #[command(before_help = "Example: misl read order.pdf")]
    Read(ReadArgs),
    /// Count the entities of the documents that a query finds
    #[command(before_help = "Example: misl tags 'court:ihc'")]
    Tags(TagsArgs),
    /// Look up the gazetteer, or test it on labelled sentences
    #[command(before_help = "Example: misl entities \"PECA 2016\"")]
    Entities(EntitiesArgs),
    /// List what a document cites
    #[command(before_help = "Example: misl refs ihc-2024-wp-1805")]
    Refs(RefsArgs),
    /// List the documents that cite a case, a section, an instrument or a document
    #[command(name = "cited-by", before_help = "Example: misl cited-by 'PLD 1998 SC 388'")]
    CitedBy(CitedByArgs),
    /// List all documents, numbers and dates of one matter
    #[command(before_help = "Example: misl matter 'W.P. 1805/2023'")]
    Matter(MatterArgs),
    /// Print citations
    #[command(before_help = "Example: misl cite ihc-2024-wp-1805@p12,para18 --style oscola")]
    Cite(CiteArgs),
    /// Make, fill, order and check citation lists
    #[command(before_help = "Example: misl list add brief ihc-2024-wp-1805@p12,para18")]
    List(ListArgs),
    /// Write a citation list out
    #[command(before_help = "Example: misl export brief --format ris -o brief.ris")]
    Export(ExportArgs),
    /// Check every quotation and citation of a draft against the corpus
    #[command(before_help = "Example: misl check brief.md")]
    Check(CheckArgs),
    /// List identifiers that endanger people, masked, with their places
    #[command(before_help = "Example: misl pii ihc-2024-wp-1805")]
    Pii(PiiArgs),
    /// Set record values, status and tags of a document as a person
    #[command(before_help = "Example: misl edit 4f2a9c --set court=ihc --tag lims")]
    Edit(EditArgs),
    /// Check everything kept: texts, index, and whether sources changed
    #[command(before_help = "Example: misl verify")]
    Verify(VerifyArgs),
    /// Rebuild the index from the kept texts
    #[command(before_help = "Example: misl repair")]
    Repair(RepairArgs),
    /// Say what this machine allows: sandbox, OCR, space, rights, state of the index
    #[command(before_help = "Example: misl doctor")]
    Doctor(DoctorArgs),
    /// Print every setting with its value and origin
    #[command(before_help = "Example: misl settings")]
    Settings(SettingsArgs),
    /// Print shell completions
    #[command(
        before_help = "Example: misl completions bash > ~/.local/share/bash-completion/completions/misl"
    )]
    Completions(CompletionsArgs),
    /// Print the man page
    #[command(before_help = "Example: misl man | man -l -")]
    Man,
    /// Explain a topic: query, locators, formats, privacy, errors, status
    #[command(before_help = "Example: misl help query")]
    Help(HelpArgs),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct InitArgs {
    /// Folder of the workspace
    #[arg(default_value = ".")]
    pub(crate) dir: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct TourArgs {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum OcrMode {
    /// Read pages without trustworthy text by OCR where it is installed
    Auto,
    /// Never use OCR
    Never,
    /// Read also pages whose text is doubtful or somebody else's OCR, and keep the better text
    Force,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct IngestArgs {
    /// Files and folders to read and remember
    pub(crate) paths: Vec<PathBuf>,
    /// Say what would be read and read nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Read failed files again
    #[arg(long)]
    pub(crate) retry_failed: bool,
    /// Read this many files at a time
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<usize>,
    /// Try the passwords in this file, one a line, on encrypted files
    #[arg(long, value_name = "FILE")]
    pub(crate) password_file: Option<PathBuf>,
    /// Read nothing unless readers are fully confined (Landlock and seccomp)
    #[arg(long)]
    pub(crate) require_sandbox: bool,
    /// Read pages without trustworthy text by OCR
    #[arg(long, value_enum, default_value_t = OcrMode::Auto, value_name = "WHEN")]
    pub(crate) ocr: OcrMode,
}

#[derive(Debug, ClapArgs)]
#[group(multiple = false)]
pub(crate) struct StatusArgs {
    /// List every file
    #[arg(long)]
    pub(crate) all: bool,
    /// List files that failed or were skipped, with reasons
    #[arg(long)]
    pub(crate) failed: bool,
    /// List pages without trustworthy text
    #[arg(long)]
    pub(crate) low_text: bool,
    /// List sources that are gone; their text is kept here alone
    #[arg(long)]
    pub(crate) missing: bool,
    /// List the documents whose title, court, number or date is least certain
    #[arg(long)]
    pub(crate) doubtful: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct FilterArgs {
    /// Keep documents that mention an entity (all of them, if repeated)
    #[arg(long, value_name = "NAME")]
    pub(crate) tag: Vec<String>,
    /// Keep documents of a court (any of them, if repeated)
    #[arg(long, value_name = "NAME")]
    pub(crate) court: Vec<String>,
    /// Keep documents of a kind: order, judgment, statute, report, news …
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Vec<String>,
    /// Keep passages in a language: en, ur …
    #[arg(long, value_name = "LANG")]
    pub(crate) lang: Vec<String>,
    /// Keep documents whose path holds this
    #[arg(long, value_name = "TEXT")]
    pub(crate) source: Vec<String>,
    /// Keep documents of this date or later: 2024, 2024-06, 2024-06-25
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<String>,
    /// Keep documents of this date or earlier
    #[arg(long, value_name = "DATE")]
    pub(crate) to: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct SearchArgs {
    /// What to find; `-` reads it from standard input; `misl help query` explains
    #[arg(value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    #[command(flatten)]
    pub(crate) filters: FilterArgs,
    /// Order: relevance, date, newest, court, title, path, cited
    #[arg(long, value_name = "ORDER")]
    pub(crate) sort: Option<String>,
    /// Show this many documents; `misl settings` shows the usual number
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    /// Skip this many documents
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) offset: usize,
    /// Show every document
    #[arg(long)]
    pub(crate) all: bool,
    /// Count tags, courts, kinds, years and languages; `all` shows every value
    #[arg(long, value_name = "HOW", num_args = 0..=1, require_equals = true, default_missing_value = "top")]
    pub(crate) facets: Option<String>,
    /// Print one JSON object a document: every one, unless `--limit` says how many
    #[arg(long)]
    pub(crate) jsonl: bool,
    /// Write down what was asked and all that was found, for a methodology note
    #[arg(long, value_name = "FILE", conflicts_with = "batch")]
    pub(crate) record: Option<PathBuf>,
    /// Ask a recorded search again and show what is new, gone and changed
    #[arg(long, value_name = "FILE", conflicts_with_all = ["query", "record", "batch"])]
    pub(crate) replay: Option<PathBuf>,
    /// Ask every query in the first column of a CSV file
    #[arg(long, value_name = "FILE", conflicts_with = "query")]
    pub(crate) batch: Option<PathBuf>,
    /// Form of the answers to --batch
    #[arg(long, value_enum, value_name = "FORMAT", requires = "batch")]
    pub(crate) format: Option<BatchFormat>,
    /// Replace an existing file of --record
    #[arg(long, requires = "record")]
    pub(crate) force: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum BatchFormat {
    /// A row a passage, for spreadsheets
    Csv,
    /// One object
    Json,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct TimelineArgs {
    /// Query; `-` reads it from standard input
    #[arg(value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    #[command(flatten)]
    pub(crate) filters: FilterArgs,
    /// Form of the answer
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = TimelineFormat::Table)]
    pub(crate) format: TimelineFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TimelineFormat {
    /// A line an event
    Table,
    /// A row an event, for spreadsheets
    Csv,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct SimilarArgs {
    /// Place: DOC or DOC@LOCATOR
    pub(crate) place: String,
    /// Show this many documents of each kind
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) limit: usize,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct DiffArgs {
    /// First document
    pub(crate) a: String,
    /// Second document
    pub(crate) b: String,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ShowArgs {
    /// Document: key, 6 or more digits of its SHA-256, or path; with @LOCATOR a place
    pub(crate) doc: String,
    /// Page, as the file counts
    #[arg(long, value_name = "N")]
    pub(crate) page: Option<u32>,
    /// Paragraph, as the court numbers it
    #[arg(long, value_name = "N")]
    pub(crate) para: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ReadArgs {
    /// File to read
    pub(crate) file: PathBuf,
    /// Try the passwords in this file, one a line
    #[arg(long, value_name = "FILE")]
    pub(crate) password_file: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct TagsArgs {
    /// Query; without one, the whole corpus
    pub(crate) query: Vec<String>,
    /// Count only in documents that also mention this entity
    #[arg(long, value_name = "NAME")]
    pub(crate) with: Vec<String>,
    /// Keep entities of a kind: court, agency, statute, person …
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct EntitiesArgs {
    /// Name, alias or id, in any script; without one, every entity. `test FILE` scores labelled
    /// sentences; `suggest` proposes names that recur in the corpus and have no entry
    pub(crate) name: Vec<String>,
    /// Keep entities of a kind: court, agency, statute, person …
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<String>,
    /// Form of what `suggest` proposes
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = SuggestFormat::List)]
    pub(crate) format: SuggestFormat,
    /// Propose this many names
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) limit: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SuggestFormat {
    /// A name a line, with counts and places
    List,
    /// Entries for corpus/entities.toml
    Toml,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct RefsArgs {
    /// Document; with --graph, without one, the whole corpus
    #[arg(required_unless_present_any = ["missing", "graph"])]
    pub(crate) doc: Option<String>,
    /// List the works that the corpus cites most and does not have
    #[arg(long, conflicts_with_all = ["doc", "graph"])]
    pub(crate) missing: bool,
    /// List this many works of --missing
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) limit: usize,
    /// Write who cites what as a graph
    #[arg(long, value_enum, value_name = "FORM")]
    pub(crate) graph: Option<GraphFormArg>,
    /// Write the graph to a file
    #[arg(short, long, value_name = "FILE", requires = "graph")]
    pub(crate) output: Option<PathBuf>,
    /// Replace an existing file
    #[arg(long, requires = "output")]
    pub(crate) force: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum GraphFormArg {
    /// A row an edge, for spreadsheets
    Csv,
    /// For Gephi, yEd and Cytoscape
    Graphml,
    /// An entity a line, for Aleph
    Ftm,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct CitedByArgs {
    /// Reference in any spelling, normal form, or document
    pub(crate) reference: Vec<String>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct MatterArgs {
    /// Number of the matter in any spelling, normal form, or document
    pub(crate) number: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LegalBy {
    /// Our own tables
    Native,
    /// The CSL style
    Csl,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct CiteStyleArgs {
    /// Style: pk, oscola, bluebook, chicago, apa … (`misl cite --styles` lists all), or a .csl file
    #[arg(long, value_name = "STYLE")]
    pub(crate) style: Option<String>,
    /// What cites cases and statutes where the style is one of CSL: native or csl
    #[arg(long, value_enum, default_value_t = LegalBy::Native, value_name = "HOW")]
    pub(crate) legal: LegalBy,
    /// Format: text, md, html, bibtex, biblatex, ris, csl-json, csv, jsonl, docx …
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<String>,
    /// Language of terms such as "para": en or ur
    #[arg(long, value_name = "LANG")]
    pub(crate) lang: Option<String>,
    /// Day on which web sources were seen
    #[arg(long, value_name = "DATE")]
    pub(crate) accessed: Option<String>,
    /// Leave the status of orders out of the citation
    #[arg(long)]
    pub(crate) no_status: bool,
    /// Add SHA-256, origin of the text and place to each entry
    #[arg(long)]
    pub(crate) provenance: bool,
    /// Write what may be personal data as it stands
    #[arg(long, conflicts_with = "redact")]
    pub(crate) allow_pii: bool,
    /// Black out what may be personal data
    #[arg(long)]
    pub(crate) redact: bool,
    /// Write to a file
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Replace an existing file
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct CiteArgs {
    /// Places: DOC or DOC@LOCATOR
    #[arg(required_unless_present = "styles")]
    pub(crate) places: Vec<String>,
    /// List the styles, ours and those of CSL
    #[arg(long)]
    pub(crate) styles: bool,
    #[command(flatten)]
    pub(crate) how: CiteStyleArgs,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ListArgs {
    #[command(subcommand)]
    pub(crate) action: Option<ListAction>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ListAction {
    /// Make a list
    New {
        /// Name of the list
        name: String,
        /// What it is called in print
        #[arg(long)]
        title: Option<String>,
    },
    /// Add places to a list, and make it where there is none
    Add {
        /// Name of the list
        name: String,
        /// Places: DOC or DOC@LOCATOR
        #[arg(required = true)]
        places: Vec<String>,
        /// Quotation, which must stand at the place
        #[arg(long, value_name = "TEXT")]
        quote: Option<String>,
        /// What you say about it
        #[arg(long, value_name = "TEXT")]
        note: Option<String>,
        /// Heading to stand under
        #[arg(long, value_name = "TEXT")]
        heading: Option<String>,
    },
    /// Take an entry out, by its number
    Remove {
        /// Name of the list
        name: String,
        /// Number of the entry, from 1
        entry: usize,
    },
    /// Move an entry to another place in the order
    Move {
        /// Name of the list
        name: String,
        /// Number of the entry, from 1
        entry: usize,
        /// Its new number, from 1
        to: usize,
    },
    /// Show a list, or the names of all
    Show {
        /// Name of the list
        name: Option<String>,
    },
    /// Check that every place exists and every quotation still stands there
    Check {
        /// Name of the list
        name: String,
    },
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ExportArgs {
    /// Name of the list
    pub(crate) list: String,
    /// Form: list, notes, authorities or annexures
    #[arg(long, value_name = "FORM")]
    pub(crate) form: Option<String>,
    /// Make a new folder of the list, its quotations with their places, and the cited files
    #[arg(long, value_name = "DIR", conflicts_with = "output")]
    pub(crate) bundle: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) how: CiteStyleArgs,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct CheckArgs {
    /// Draft: .md, .txt, .html, .docx, .odt, .rtf; it is never changed
    pub(crate) draft: PathBuf,
    /// Write a copy of the draft with the verdicts as notes
    #[arg(long, value_name = "FILE")]
    pub(crate) annotate: Option<PathBuf>,
    /// Replace an existing file
    #[arg(long, requires = "annotate")]
    pub(crate) force: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct PiiArgs {
    /// Documents; without one, every document
    pub(crate) docs: Vec<String>,
    /// List e-mail addresses one by one, too
    #[arg(long)]
    pub(crate) all: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct EditArgs {
    /// Document
    pub(crate) doc: String,
    /// Set a field: --set court=ihc --set date=2024-06-25
    #[arg(long, value_name = "FIELD=VALUE")]
    pub(crate) set: Vec<String>,
    /// Take back what a person set
    #[arg(long, value_name = "FIELD")]
    pub(crate) unset: Vec<String>,
    /// Add a tag
    #[arg(long, value_name = "ENTITY")]
    pub(crate) tag: Vec<String>,
    /// Take a tag away
    #[arg(long, value_name = "ENTITY")]
    pub(crate) untag: Vec<String>,
    /// Say what later happened: suspended, stayed, set-aside …
    #[arg(long, value_name = "STATE", requires = "status_source")]
    pub(crate) status: Option<String>,
    /// Who did it
    #[arg(long, value_name = "COURT", requires = "status")]
    pub(crate) status_by: Option<String>,
    /// When
    #[arg(long, value_name = "DATE", requires = "status")]
    pub(crate) status_date: Option<String>,
    /// Where you learned it
    #[arg(long, value_name = "TEXT", requires = "status")]
    pub(crate) status_source: Option<String>,
    /// Bring a better text of pages that were read badly: hOCR, ALTO, plain text (a form feed ends a page)
    #[arg(long, value_name = "FILE")]
    pub(crate) text: Option<PathBuf>,
    /// The page that the text is of, as the file counts; without it the pages of both follow each other
    #[arg(long, value_name = "N", requires = "text")]
    pub(crate) page: Option<u32>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct VerifyArgs {
    /// Leave the sources alone; check only what misl keeps
    #[arg(long)]
    pub(crate) kept_only: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct RepairArgs {}

#[derive(Debug, ClapArgs)]
pub(crate) struct DoctorArgs {}

#[derive(Debug, ClapArgs)]
pub(crate) struct SettingsArgs {}

#[derive(Debug, ClapArgs)]
pub(crate) struct CompletionsArgs {
    /// Shell
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct HelpArgs {
    /// Topic
    pub(crate) topic: Option<String>,
}

//! `misl pii`.

use std::collections::BTreeMap;
use std::process::ExitCode;

use misl::task::pii::{PiiAnswer, is_email, pii as run_pii};

use super::args::PiiArgs;
use super::error::{CliError, Kind};
use super::search::count;
use super::{Context, workspace};

/// Lists identifiers that endanger people.
pub(crate) fn pii(args: PiiArgs, context: &Context) -> Result<ExitCode, CliError> {
    let PiiArgs { docs, all } = args;
    let desk = workspace::open(context)?;
    let answer = run_pii(&desk, &docs)?;
    if context.json {
        context.output.json(&answer)?;
    } else {
        print(&answer, all || !docs.is_empty(), context)?;
    }
    context.output.hint(
        "names, faces, addresses and voices are not looked for; `--redact` blacks out what is exported",
    );
    Ok(if answer.finds.is_empty() {
        ExitCode::from(Kind::Nothing as u8)
    } else {
        ExitCode::SUCCESS
    })
}

fn print(answer: &PiiAnswer, with_emails: bool, context: &Context) -> Result<(), CliError> {
    let output = &context.output;
    let mut n_emails: BTreeMap<&str, u64> = BTreeMap::new();
    for find in &answer.finds {
        if is_email(find) && !with_emails {
            // A judgment has none, a press page dozens: they are counted, not listed.
            let doc = find.place.split_once('@').map_or(find.place.as_str(), |(doc, _)| doc);
            *n_emails.entry(doc).or_default() += 1;
        } else {
            output.line(&format!("{:<15}  {:<22}  {}", find.kind, find.masked, find.place))?;
        }
    }
    for (doc, n) in &n_emails {
        let what = if *n == 1 { "e-mail address" } else { "e-mail addresses" };
        output.line(&format!("{n} {what}  {doc}"))?;
    }
    output.line(&format!(
        "{} in {}",
        count(answer.finds.len() as u64, "identifier"),
        count(answer.documents, "document")
    ))?;
    Ok(())
}

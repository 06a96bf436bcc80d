//! `misl tags` and `misl entities`.

use std::process::ExitCode;

use misl::corpus::files;
use misl::entity::{Entity, Gazetteer, Resolved};
use misl::task::names::{NamesAnswer, new_names};
use misl::task::{Knowledge, TaskError};

use super::args::{EntitiesArgs, SuggestFormat, TagsArgs};
use super::error::{CliError, Kind};
use super::search::{count, typed};
use super::{Context, workspace};

/// Counts the entities of the documents that a query finds.
pub(crate) fn tags(args: TagsArgs, context: &Context) -> Result<ExitCode, CliError> {
    let TagsArgs { query, with, kind } = args;
    let query = typed(&query)?;
    let desk = workspace::open(context)?;
    let mut answer = misl::task::tags::tags(&desk, &query, &with).map_err(|error| match error {
        TaskError::Query(error) => CliError::query(error, Some(&query)),
        other => other.into(),
    })?;
    if let Some(kind) = kind {
        answer.keep_kind(&kind)?;
    }
    if context.json {
        context.output.json(&answer)?;
    } else {
        for tag in &answer.tags {
            context.output.line(&format!(
                "{:>6}  {:<24} {:<10} {}",
                tag.documents, tag.id, tag.kind, tag.name
            ))?;
        }
        let n = answer.tags.len() as u64;
        context.output.line(&format!(
            "{} in {}",
            if n == 1 { "1 entity".to_owned() } else { format!("{n} entities") },
            count(answer.total_documents, "document")
        ))?;
    }
    Ok(if answer.tags.is_empty() { ExitCode::from(Kind::Nothing as u8) } else { ExitCode::SUCCESS })
}

/// Looks up the gazetteer, or tests it.
pub(crate) fn entities(args: EntitiesArgs, context: &Context) -> Result<ExitCode, CliError> {
    let EntitiesArgs { name, kind, format, limit } = args;
    if let [only] = &name[..]
        && only == "suggest"
    {
        return suggest(kind.as_deref(), format, limit, context);
    }
    let knowledge = match workspace::find(context) {
        Ok(workspace) => Knowledge::of(&workspace),
        Err(_) => Knowledge::builtin(),
    }
    .map_err(TaskError::from)?;
    let gazetteer = &knowledge.gazetteer;
    if let [first, file] = &name[..]
        && first == "test"
    {
        return test(gazetteer, file, context);
    }
    let name = name.join(" ");
    let found: Vec<&Entity> = if name.is_empty() {
        gazetteer.all().iter().collect()
    } else {
        match gazetteer.resolve(&name) {
            Resolved::One(id) => gazetteer.get(&id).into_iter().collect(),
            Resolved::Ambiguous(ids) => ids.iter().filter_map(|id| gazetteer.get(id)).collect(),
            Resolved::Unknown { near } => {
                let error = CliError::new(Kind::Nothing, format!("no entity `{name}`"));
                return Err(match near.first() {
                    Some(near) => error.hint(format!("did you mean `{near}`?")),
                    None => error.hint("`misl entities` lists all"),
                });
            }
        }
    };
    let found: Vec<&Entity> = found
        .into_iter()
        .filter(|entity| {
            // Several kinds are joined by commas, as in a query.
            let mut wanted = kind.iter().flat_map(|kinds| kinds.split(','));
            kind.is_none() || wanted.any(|kind| entity.kind.name() == kind.trim())
        })
        .collect();
    if context.json {
        context
            .output
            .json(&serde_json::json!({ "schema": "misl.entities/1", "entities": found }))?;
    } else {
        for entity in &found {
            if name.is_empty() {
                let line = format!("{:<28} {:<10} {}", entity.id, entity.kind.name(), entity.name);
                context.output.line(&line)?;
            } else {
                print(entity, context)?;
            }
        }
    }
    Ok(if found.is_empty() { ExitCode::from(Kind::Nothing as u8) } else { ExitCode::SUCCESS })
}

fn print(entity: &Entity, context: &Context) -> Result<(), CliError> {
    let output = &context.output;
    output.line(&format!("{}  {}  ({})", entity.id, entity.name, entity.kind.name()))?;
    if let Some(parent) = &entity.parent {
        output.line(&format!("  part of: {parent}"))?;
    }
    let lists = [
        ("names", &entity.aliases),
        ("acronyms", &entity.acronyms),
        ("only in context", &entity.weak),
        ("Urdu", &entity.urdu_seen),
        ("Urdu, not yet seen in print", &entity.urdu_memory),
    ];
    for (what, forms) in lists {
        if !forms.is_empty() {
            output.line(&format!("  {what}: {}", output.field(&forms.join(" · "))))?;
        }
    }
    if let Some(note) = &entity.note {
        output.line(&format!("  note: {note}"))?;
    }
    Ok(())
}

/// Proposes names that recur in the corpus and have no entry.
fn suggest(
    kind: Option<&str>,
    format: SuggestFormat,
    limit: usize,
    context: &Context,
) -> Result<ExitCode, CliError> {
    let desk = workspace::open(context)?;
    let mut answer = new_names(&desk, if kind.is_some() { usize::MAX } else { limit })?;
    if let Some(kinds) = kind {
        answer.names.retain(|name| kinds.split(',').any(|kind| kind.trim() == name.guessed_kind));
        answer.total_names = answer.names.len() as u64;
        answer.names.truncate(limit);
    }
    let output = &context.output;
    if context.json {
        output.json(&answer)?;
    } else if format == SuggestFormat::Toml {
        output.bytes(answer.to_toml().as_bytes())?;
    } else {
        print_names(&answer, context)?;
        output.hint(
            "look through them, then: misl entities suggest --format toml >> corpus/entities.toml",
        );
    }
    Ok(if answer.names.is_empty() {
        ExitCode::from(Kind::Nothing as u8)
    } else {
        ExitCode::SUCCESS
    })
}

fn print_names(answer: &NamesAnswer, context: &Context) -> Result<(), CliError> {
    let output = &context.output;
    for name in &answer.names {
        let acronym = match (&name.acronym, name.acronym_count) {
            (Some(acronym), 0) => format!(" ({acronym})"),
            (Some(acronym), n) => format!(" ({acronym}, {n} ×)"),
            (None, _) => String::new(),
        };
        let urdu = name.urdu.as_ref().filter(|urdu| **urdu != name.name);
        let urdu = urdu.map(|urdu| format!(" · {}", output.field(urdu))).unwrap_or_default();
        output.line(&format!(
            "{:>5} × in {}  {}{acronym}{urdu}  [{}?]",
            name.count,
            count(name.documents as u64, "document"),
            output.field(&name.name),
            name.guessed_kind
        ))?;
        for example in &name.examples {
            let text = example.text.replace('\n', " ");
            output.line(&format!("        {}  {}", example.place, output.field(&text)))?;
        }
    }
    let shown = answer.names.len() as u64;
    let left = if shown < answer.total_names {
        format!("{shown} of {}", count(answer.total_names, "name"))
    } else {
        count(shown, "name")
    };
    output.line(&format!("{left} without an entry, in {}", count(answer.documents, "document")))?;
    Ok(())
}

fn test(gazetteer: &Gazetteer, file: &str, context: &Context) -> Result<ExitCode, CliError> {
    let text = files::read_text(std::path::Path::new(file), 64 << 20)?
        .ok_or_else(|| CliError::usage(format!("there is no file {file}")))?;
    let score = gazetteer.score(&text).map_err(CliError::usage)?;
    if context.json {
        context.output.json(&serde_json::json!({
            "schema": "misl.entities-test/1",
            "sentences": score.sentences, "expected": score.expected, "found": score.found,
            "forbidden": score.forbidden, "fired": score.fired,
            "recall": score.recall(), "precision": score.precision(),
        }))?;
    } else {
        for row in &score.failures {
            context.output.line(&format!(
                "line {}: missed [{}] wrongly [{}] in: {}",
                row.line,
                row.missed.join(", "),
                row.fired.join(", "),
                context.output.field(&row.text)
            ))?;
        }
        context.output.line(&format!(
            "{} sentences: found {} of {} (recall {:.3}), {} of {} forbidden fired (precision {:.3})",
            score.sentences,
            score.found,
            score.expected,
            score.recall(),
            score.fired,
            score.forbidden,
            score.precision()
        ))?;
    }
    Ok(if score.failures.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(Kind::Nothing as u8)
    })
}

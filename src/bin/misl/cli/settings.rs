//! `misl settings`.

use std::process::ExitCode;

use super::args::SettingsArgs;
use super::error::CliError;
use super::{Context, workspace};

/// Prints every setting with its value and origin.
pub(crate) fn settings(args: SettingsArgs, context: &Context) -> Result<ExitCode, CliError> {
    let SettingsArgs {} = args;
    let settings = load(context)?;
    if context.json {
        context.output.json(
            &serde_json::json!({ "schema": "misl.settings/1", "settings": settings.all() }),
        )?;
    } else {
        for setting in settings.all() {
            context.output.line(&format!(
                "{:<28} {:<16} {:<12} {}",
                setting.name, setting.value, setting.origin, setting.about
            ))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Reads the settings that hold here: defaults, the workspace's file, the environment.
pub(crate) fn load(context: &Context) -> Result<misl::settings::Settings, CliError> {
    let text = match workspace::find(context) {
        Ok(workspace) => {
            misl::corpus::files::read_text(&workspace.settings(), 1 << 20)?.unwrap_or_default()
        }
        Err(_) => String::new(),
    };
    let mut settings = misl::settings::Settings::read(&text).map_err(|error| {
        let hint = error.hint();
        let this = CliError::usage(error);
        match hint {
            Some(hint) => this.hint(hint),
            None => this.hint("`misl settings` lists every name"),
        }
    })?;
    if let Some(jobs) = &context.env.jobs {
        settings.set_from_environment("ingest.jobs", jobs).map_err(CliError::usage)?;
    }
    Ok(settings)
}

//! Writing several files so that a failure leaves nothing half done.

use std::path::Path;

fn told(path: &Path, problem: &dyn std::fmt::Display) -> String {
    format!("{}: {problem}", path.display())
}

/// Whether files can go there, as far as can be known before there are any.
pub fn look(folder: &Path) -> Result<(), String> {
    if folder.exists() && !folder.is_dir() { Err(told(folder, &"it is a file; give a folder")) } else { Ok(()) }
}

/// Writes texts under their names into a folder, which is made if need be.
///
/// Every target is looked at first, then all texts are written beside their places, and only then the first takes its
/// place. So whatever can be known beforehand stops the run with nothing changed.
pub fn write_all(folder: &Path, texts: &[(&str, String)]) -> Result<(), String> {
    look(folder)?;
    for (name, _) in texts {
        let path = folder.join(name);
        if path.is_dir() {
            return Err(told(&path, &"a folder stands where a file should go; remove it, or give another folder"));
        }
    }
    std::fs::create_dir_all(folder).map_err(|error| told(folder, &error))?;
    let partial = |name: &str| folder.join(format!("{name}.partial"));
    let write =
        |name: &str, text: &str| std::fs::write(partial(name), text).map_err(|error| told(&partial(name), &error));
    let place = |name: &str| {
        let path = folder.join(name);
        std::fs::rename(partial(name), &path).map_err(|error| told(&path, &error))
    };
    let written = texts.iter().try_for_each(|(name, text)| write(name, text));
    let placed = written.and_then(|()| texts.iter().try_for_each(|(name, _)| place(name)));
    if placed.is_err() {
        // What took its place has no partial file any more.
        texts.iter().for_each(|(name, _)| drop(std::fs::remove_file(partial(name))));
    }
    placed
}

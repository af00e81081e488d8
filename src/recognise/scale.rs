//! The scale that the ratings stand on, and why (design rule 17): the user's word, the header, a legend, level names,
//! the model, else the values.

use super::legend::{self, Legend};
use super::level::{Answer, Form, Found};
use super::ratings::Raw;
use crate::error::Problem;
use crate::model::{Level, Scale};
use crate::number::NumberStyle;

/// A scale with its reason.
pub struct Chosen {
    /// The scale.
    pub scale: Scale,
    /// Why, a phrase.
    pub because: String,
    /// Whether only the values gave it.
    pub guessed: bool,
    /// Numbers that stand for "nobody rated it".
    pub unranked: Vec<f64>,
    /// The form in which levels are written.
    pub form: Form,
}

/// The highest level believed where nothing but the values tells of a scale.
const MOST: f64 = 100.0;

/// What there is to go by.
pub struct Hints<'a> {
    /// `--scale`.
    pub wished: Option<(f64, f64)>,
    /// Headers of the columns with levels, that may hold a range.
    pub headers: Vec<String>,
    /// Titles above the tables, that may hold one too.
    pub titles: Vec<String>,
    /// The drop-down list on the current column.
    pub drop_down: Option<Legend>,
    /// Scales the workbook explains.
    pub legends: &'a [Legend],
    /// The scale of ticks: levels that columns stand for.
    pub marks: Option<Vec<Level>>,
    /// Scale of the recognised model with its name and unranked mark.
    pub model: Option<(Scale, String, Option<f64>)>,
    /// Sheets the ratings stand on.
    pub sheets: Vec<String>,
}

/// Finds the scale.
///
/// # Errors
/// `bad-value` where the wished scale is none.
pub fn choose(raws: &[Raw], hints: &Hints, warnings: &mut Vec<Problem>) -> Result<Chosen, Problem> {
    let form = form(raws);
    let values = values(raws, form);
    let made = |low: f64, high: f64| {
        Scale::between(low, high)
            .map_err(|reason| Problem::new("bad-value", format!("--scale: {reason}")).hint("--scale 0..5"))
    };
    if let Some((low, high)) = hints.wished {
        let scale = named(made(low, high)?, raws, hints.legends);
        let unranked = unranked_beside(hints, &scale);
        return Ok(Chosen { scale, because: "--scale says so".to_owned(), guessed: false, unranked, form });
    }
    let plain = |scale, because: &str| Chosen {
        scale,
        because: because.to_owned(),
        guessed: false,
        unranked: Vec::new(),
        form,
    };
    if let Some((scale, name, unranked)) = hints.model.as_ref().filter(|_| raws.iter().any(super::model::measured)) {
        let because = format!("the model {name}, by whose thresholds values are placed");
        let unranked = unranked.iter().copied().collect();
        return Ok(Chosen { scale: scale.clone(), because, guessed: false, unranked, form });
    }
    if form == Form::Status {
        let scale = Scale::between(0.0, 1.0).expect("0 is below 1");
        return Ok(plain(scale, "words of status: the share in place, from 0 to 1"));
    }
    if form == Form::Competence {
        let level = |value: f64, name: &str| Level { value, name: Some(name.to_owned()), summary: None };
        let levels =
            vec![level(1.0, "Basic"), level(2.0, "Intermediate"), level(3.0, "Advanced"), level(4.0, "Expert")];
        return Ok(plain(Scale::new(levels).expect("four levels"), "words of competence, from 1 to 4"));
    }
    if form == Form::Percent {
        let most = values.iter().copied().fold(1.0, f64::max);
        if most <= 1.0 && values.iter().all(|value| *value >= 0.0) {
            return Ok(plain(Scale::between(0.0, 1.0).expect("0 is below 1"), "percentages, from 0 to 1"));
        }
    }
    if let Some(levels) = &hints.marks
        && let Ok(scale) = Scale::new(levels.clone())
    {
        return Ok(plain(scale, "the levels that columns stand for"));
    }
    let misfits = |low: f64, high: f64| values.iter().filter(|value| !(low..=high).contains(*value)).count();
    let tolerable = |misfits: usize| misfits < 3 || misfits * 10 <= values.len();
    // What the column's own header says holds, whatever its cells; a title may speak of something else.
    let own = hints.headers.iter().map(|header| (header, true));
    for (header, own) in own.chain(hints.titles.iter().map(|title| (title, false))) {
        if let Some((low, high)) = legend::range_in(header)
            && (own || tolerable(misfits(low, high)))
        {
            let scale = named(made(low, high)?, raws, hints.legends);
            let unranked = unranked_beside(hints, &scale);
            let because = format!("the header says so: {}", crate::error::quoted(header));
            return Ok(Chosen { scale, because, guessed: false, unranked, form });
        }
    }
    // A legend that names only some of the model's levels (heads of what each asks for) gives way to the model.
    let model = hints.model.as_ref().map(|(scale, _, _)| scale);
    let partial = |legend: &Legend, off: usize| {
        model.is_some_and(|scale| {
            let within = legend.levels.iter().all(|level| scale.holds(level.value));
            within && values.iter().filter(|value| !scale.holds(**value)).count() < off
        })
    };
    let fits = |legend: &Legend| {
        let off = values.iter().filter(|value| !legend.fits(**value)).count();
        (tolerable(off) && !partial(legend, off)).then_some(off)
    };
    if let Some(list) = &hints.drop_down
        && fits(list).is_some()
    {
        // A list of bare numbers takes its names from a legend with the same levels.
        let values = |legend: &Legend| legend.levels.iter().map(|level| level.value).collect::<Vec<_>>();
        let bare = list.levels.iter().all(|level| level.name.is_none());
        let twin = hints.legends.iter().find(|legend| {
            bare && legend.levels.iter().any(|level| level.name.is_some())
                && (values(legend) == values(list)
                    || legend.unranked.iter().chain(&values(legend)).all(|value| values(list).contains(value)))
        });
        let from = twin.unwrap_or(list);
        let because = format!(
            "the drop-down list at {}{}",
            list.at,
            twin.map_or(String::new(), |twin| format!(", names from {}", twin.at))
        );
        return from_legend(from, because, form);
    }
    let mut ranked: Vec<(usize, usize, &Legend)> = hints
        .legends
        .iter()
        .filter_map(|legend| {
            let off = fits(legend)?;
            let sheet = legend.at.sheet.as_deref().unwrap_or("");
            let near = usize::from(!hints.sheets.iter().any(|own| own == sheet));
            Some((off, near, legend))
        })
        .collect();
    ranked.sort_by_key(|(off, near, _)| (*off, *near));
    if let Some((off, near, legend)) = ranked.first() {
        let ends = |legend: &Legend| (legend.levels[0].value, legend.levels[legend.levels.len() - 1].value);
        let rival = ranked[1..].iter().find(|(o, n, other)| (o, n) == (off, near) && ends(other) != ends(legend));
        if let Some((_, _, rival)) = rival {
            let style = NumberStyle::ENGLISH;
            let show = |legend: &Legend| {
                format!("{}..{} at {}", style.level(ends(legend).0), style.level(ends(legend).1), legend.at)
            };
            warnings.push(
                Problem::new(
                    "several-scales",
                    format!("two scales fit the levels: {} and {}; the first was taken", show(legend), show(rival)),
                )
                .hint("name the one: --scale LOW..HIGH"),
            );
        }
        return from_legend(legend, format!("the legend at {}", legend.at), form);
    }
    let names: Vec<Level> = level_names(raws);
    if names.len() >= 3 && names.windows(2).all(|pair| pair[1].value - pair[0].value <= 1.0) {
        let (low, high) = (names[0].value.min(1.0), names[names.len() - 1].value);
        if misfits(low, high) == 0 {
            return Ok(plain(fill(names, low, high), "the level names in the cells"));
        }
    }
    if let Some((scale, name, unranked)) = &hints.model {
        let off = values.iter().filter(|value| !scale.holds(**value) && Some(**value) != *unranked).count();
        if tolerable(off) {
            let unranked = unranked.iter().copied().collect();
            return Ok(Chosen {
                scale: scale.clone(),
                because: format!("the model {name}"),
                guessed: false,
                unranked,
                form,
            });
        }
    }
    if let Some(of) = of_how_many(raws)
        && misfits(f64::NEG_INFINITY, of) == 0
    {
        let scale = made(values.iter().copied().fold(1.0, f64::min).floor(), of)?;
        return Ok(plain(fill_names(scale, names), "the cells say of how many"));
    }
    let low = values.iter().copied().fold(1.0, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let (low, high) = if high > low { (low, high) } else { (low.min(0.0), low.max(1.0)) };
    // Halves at an end are no level: the scale goes to the whole number beyond.
    let (low, high) = (low.floor(), if high <= 1.0 && high > 0.0 { 1.0 } else { high.ceil() });
    let style = NumberStyle::ENGLISH;
    if high > MOST {
        return Err(Problem::new(
            "no-scale",
            format!("numbers up to {} stand where levels should: no maturity scale is that long", style.level(high)),
        )
        .hint("name the scale: --scale LOW..HIGH, or another column: --column current=\"HEADER\""));
    }
    warnings.push(
        Problem::new(
            "scale-from-values",
            format!("no scale is given; taken from the levels seen: {}..{}", style.level(low), style.level(high)),
        )
        .hint("name it: --scale LOW..HIGH, or --model ID"),
    );
    let scale = made(low, high)?;
    Ok(Chosen {
        scale: fill_names(scale, names),
        because: "the levels seen, from the smallest to the greatest".to_owned(),
        guessed: true,
        unranked: Vec::new(),
        form,
    })
}

/// The form most levels are written in: a column of numbers with a stray word stays one of numbers.
fn form(raws: &[Raw]) -> Form {
    let mut counts = std::collections::BTreeMap::new();
    for found in raws.iter().filter_map(|raw| level_of(&raw.current)) {
        let form = if matches!(found.form, Form::Name | Form::Measured) { Form::Number } else { found.form };
        *counts.entry(form).or_insert(0usize) += 1;
    }
    counts
        .into_iter()
        .max_by_key(|(form, count)| (*count, std::cmp::Reverse(*form)))
        .map_or(Form::Number, |(form, _)| form)
}

fn level_of(answer: &Answer) -> Option<&Found> {
    match answer {
        Answer::Level(found) => Some(found),
        _ => None,
    }
}

/// All levels seen, now, wanted and earlier, in the form of the column.
fn values(raws: &[Raw], form: Form) -> Vec<f64> {
    raws.iter()
        .flat_map(|raw| {
            let others = raw.earlier.iter().chain(&raw.steps).map(|(_, answer)| answer);
            [&raw.current, &raw.target].into_iter().chain(others)
        })
        .filter_map(level_of)
        .filter(|found| {
            (matches!(found.form, Form::Name | Form::Measured) && form == Form::Number) || found.form == form
        })
        .map(|found| found.value)
        .collect()
}

/// The number that all cells which say "of how many" agree on.
fn of_how_many(raws: &[Raw]) -> Option<f64> {
    let mut said =
        raws.iter().flat_map(|raw| [&raw.current, &raw.target]).filter_map(level_of).filter_map(|it| it.of);
    let first = said.next()?;
    said.all(|other| other == first).then_some(first)
}

/// Words for the best, folded.
const BEST: [&str; 14] = [
    "sehr gut",
    "very good",
    "excellent",
    "outstanding",
    "optimal",
    "hervorragend",
    "muy bueno",
    "excelente",
    "tres bon",
    "best",
    "optimised",
    "optimized",
    "optimierend",
    "high",
];

/// Words for the worst, folded.
const WORST: [&str; 14] = [
    "ungenugend",
    "mangelhaft",
    "very poor",
    "poor",
    "inadequate",
    "fail",
    "unsatisfactory",
    "muy malo",
    "insuficiente",
    "tres mauvais",
    "insuffisant",
    "worst",
    "nonexistent",
    "low",
];

fn says_one_of(name: &str, words: &[&str]) -> bool {
    let plain = super::words::folded(name);
    words.iter().any(|word| super::words::contains_words(&plain, word))
}

fn level_names(raws: &[Raw]) -> Vec<Level> {
    let mut names: Vec<Level> = Vec::new();
    for found in raws.iter().flat_map(|raw| [&raw.current, &raw.target]).filter_map(level_of) {
        if let Some(name) = &found.name
            && !names.iter().any(|level| level.value == found.value)
        {
            names.push(Level { value: found.value, name: Some(name.clone()), summary: None });
        }
    }
    names.sort_by(|a, b| a.value.total_cmp(&b.value));
    names
}

fn from_legend(legend: &Legend, because: String, form: Form) -> Result<Chosen, Problem> {
    if let (Some(first), Some(last)) = (legend.levels.first(), legend.levels.last())
        && let (Some(best), Some(worst)) = (&first.name, &last.name)
        && says_one_of(best, &BEST)
        && says_one_of(worst, &WORST)
    {
        let style = NumberStyle::ENGLISH;
        let what = format!(
            "{} stands for {} and {} for {}: the lowest number is the best",
            style.level(first.value),
            crate::error::quoted(best),
            style.level(last.value),
            crate::error::quoted(worst)
        );
        return Err(Problem::new("reversed-scale", what)
            .at(legend.at.to_string())
            .hint("levels count upwards here: turn the numbers round in the file; to read them as they are: --scale LOW..HIGH"));
    }
    let scale = Scale::new(legend.levels.clone()).map_err(|reason| Problem::new("bad-value", reason))?;
    Ok(Chosen { scale, because, guessed: false, unranked: legend.unranked.clone(), form })
}

/// Marks for "nobody rated it" that a legend or the model gives and that are no levels of the scale.
fn unranked_beside(hints: &Hints, scale: &Scale) -> Vec<f64> {
    let marks = hints.legends.iter().flat_map(|legend| legend.unranked.clone());
    let of_model = hints.model.as_ref().and_then(|(_, _, mark)| *mark);
    marks.chain(of_model).filter(|value| !scale.holds(*value)).collect()
}

/// The same scale with the names that cells or a legend with the same ends give its levels.
fn named(scale: Scale, raws: &[Raw], legends: &[Legend]) -> Scale {
    let same = legends.iter().find(|legend| {
        legend.levels[0].value == scale.lowest() && legend.levels[legend.levels.len() - 1].value == scale.highest()
    });
    match same {
        Some(legend) => Scale::new(legend.levels.clone()).unwrap_or(scale),
        None => fill_names(scale, level_names(raws)),
    }
}

fn fill_names(scale: Scale, names: Vec<Level>) -> Scale {
    let levels = scale
        .levels()
        .iter()
        .map(|level| Level {
            value: level.value,
            name: names.iter().find(|named| named.value == level.value).and_then(|named| named.name.clone()),
            summary: None,
        })
        .collect();
    Scale::new(levels).unwrap_or(scale)
}

fn fill(names: Vec<Level>, low: f64, high: f64) -> Scale {
    let scale = Scale::between(low, high).expect("the ends differ, as there are three levels");
    fill_names(scale, names)
}

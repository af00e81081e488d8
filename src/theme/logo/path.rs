//! The path language of SVG -> steps: every command, arcs as curves.

use super::Step;

/// Most steps of one path; a logo has hundreds.
const MOST: usize = 20_000;

/// The steps of a path up to its first mistake, as SVG wants it.
pub(super) fn steps(data: &str) -> Vec<Step> {
    let mut pen = Pen::default();
    let mut rest = Scanner { text: data.as_bytes(), at: 0 };
    let mut command = None;
    while pen.steps.len() < MOST {
        if let Some(letter) = rest.letter() {
            command = Some(letter);
        } else if rest.number_ahead() && !matches!(command, None | Some(b'Z' | b'z')) {
            // Further numbers repeat the command; after a move they are lines.
            command = command.map(|it| match it {
                b'M' => b'L',
                b'm' => b'l',
                it => it,
            });
        } else {
            break;
        }
        if command.and_then(|it| pen.draw(it, &mut rest)).is_none() {
            break;
        }
    }
    pen.steps
}

struct Scanner<'a> {
    text: &'a [u8],
    at: usize,
}

impl Scanner<'_> {
    fn skip(&mut self) {
        while self.text.get(self.at).is_some_and(|c| c.is_ascii_whitespace() || *c == b',') {
            self.at += 1;
        }
    }

    fn letter(&mut self) -> Option<u8> {
        self.skip();
        let letter = *self.text.get(self.at)?;
        letter.is_ascii_alphabetic().then(|| {
            self.at += 1;
            letter
        })
    }

    fn number_ahead(&mut self) -> bool {
        self.skip();
        self.text.get(self.at).is_some_and(|c| c.is_ascii_digit() || matches!(c, b'-' | b'+' | b'.'))
    }

    fn number(&mut self) -> Option<f64> {
        self.skip();
        let start = self.at;
        let (mut point, mut digits) = (false, false);
        while let Some(c) = self.text.get(self.at) {
            match c {
                b'-' | b'+' if self.at == start => {}
                b'-' | b'+' if matches!(self.text[self.at - 1], b'e' | b'E') => {}
                b'.' if !point => point = true,
                b'e' | b'E' if digits => point = true,
                b'0'..=b'9' => digits = true,
                _ => break,
            }
            self.at += 1;
        }
        let number: f64 = std::str::from_utf8(&self.text[start..self.at]).ok()?.parse().ok()?;
        number.is_finite().then_some(number)
    }

    /// A flag of an arc, which may stand without a blank before the next number.
    fn flag(&mut self) -> Option<bool> {
        self.skip();
        let flag = match self.text.get(self.at)? {
            b'0' => false,
            b'1' => true,
            _ => return None,
        };
        self.at += 1;
        Some(flag)
    }
}

/// A place, x and y.
type Spot = (f64, f64);

#[derive(Default)]
struct Pen {
    steps: Vec<Step>,
    at: (f64, f64),
    start: (f64, f64),
    /// Last handle of a curve before: cubic, quadratic.
    handles: (Option<Spot>, Option<Spot>),
}

impl Pen {
    fn draw(&mut self, command: u8, rest: &mut Scanner) -> Option<()> {
        let (x0, y0) = if command.is_ascii_lowercase() { self.at } else { (0.0, 0.0) };
        let mut point = || Some((x0 + rest.number()?, y0 + rest.number()?));
        let (cubic, quadratic) = std::mem::take(&mut self.handles);
        let mirrored =
            |handle: Option<(f64, f64)>, at: (f64, f64)| handle.map_or(at, |(x, y)| (2.0 * at.0 - x, 2.0 * at.1 - y));
        match command.to_ascii_uppercase() {
            b'M' => {
                self.at = point()?;
                self.start = self.at;
                self.steps.push(Step::Move(self.at.0, self.at.1));
            }
            b'L' => {
                let to = point()?;
                self.line(to);
            }
            b'H' => {
                let x = x0 + rest.number()?;
                self.line((x, self.at.1));
            }
            b'V' => {
                let y = y0 + rest.number()?;
                self.line((self.at.0, y));
            }
            b'C' => {
                let (a, b, to) = (point()?, point()?, point()?);
                self.curve(a, b, to);
            }
            b'S' => {
                let (b, to) = (point()?, point()?);
                self.curve(mirrored(cubic, self.at), b, to);
            }
            b'Q' => {
                let (handle, to) = (point()?, point()?);
                self.quadratic(handle, to);
            }
            b'T' => {
                let to = point()?;
                self.quadratic(mirrored(quadratic, self.at), to);
            }
            b'A' => {
                let (rx, ry, turn) = (rest.number()?, rest.number()?, rest.number()?);
                let (large, sweep) = (rest.flag()?, rest.flag()?);
                let to = (x0 + rest.number()?, y0 + rest.number()?);
                self.arc((rx.abs(), ry.abs()), turn.to_radians(), large, sweep, to);
            }
            b'Z' => {
                self.steps.push(Step::Close);
                self.at = self.start;
            }
            _ => return None,
        }
        Some(())
    }

    fn line(&mut self, to: (f64, f64)) {
        self.steps.push(Step::Line(to.0, to.1));
        self.at = to;
    }

    fn curve(&mut self, a: (f64, f64), b: (f64, f64), to: (f64, f64)) {
        self.steps.push(Step::Curve(a.0, a.1, b.0, b.1, to.0, to.1));
        self.at = to;
        self.handles = (Some(b), None);
    }

    fn quadratic(&mut self, handle: (f64, f64), to: (f64, f64)) {
        let part =
            |from: (f64, f64)| (from.0 + (handle.0 - from.0) * 2.0 / 3.0, from.1 + (handle.1 - from.1) * 2.0 / 3.0);
        self.curve(part(self.at), part(to), to);
        self.handles = (None, Some(handle));
    }

    /// An arc as curves of at most a quarter turn (the conversion of the SVG specification, appendix B.2).
    fn arc(&mut self, (mut rx, mut ry): (f64, f64), turn: f64, large: bool, sweep: bool, to: (f64, f64)) {
        let from = self.at;
        if rx == 0.0 || ry == 0.0 || from == to {
            return self.line(to);
        }
        let (sin, cos) = turn.sin_cos();
        let (dx, dy) = ((from.0 - to.0) / 2.0, (from.1 - to.1) / 2.0);
        let (x, y) = (cos * dx + sin * dy, cos * dy - sin * dx);
        let stretch = (x / rx).powi(2) + (y / ry).powi(2);
        if stretch > 1.0 {
            (rx, ry) = (rx * stretch.sqrt(), ry * stretch.sqrt());
        }
        let below = (rx * y).powi(2) + (ry * x).powi(2);
        let root = (((rx * ry).powi(2) - below).max(0.0) / below).sqrt() * if large == sweep { -1.0 } else { 1.0 };
        let (cx, cy) = (root * rx * y / ry, -root * ry * x / rx);
        let middle = (cos * cx - sin * cy + (from.0 + to.0) / 2.0, sin * cx + cos * cy + (from.1 + to.1) / 2.0);
        let first = ((y - cy) / ry).atan2((x - cx) / rx);
        let last = ((-y - cy) / ry).atan2((-x - cx) / rx);
        let full = std::f64::consts::TAU;
        let mut sweep_angle = (last - first) % full;
        match (sweep, sweep_angle) {
            (true, angle) if angle < 0.0 => sweep_angle += full,
            (false, angle) if angle > 0.0 => sweep_angle -= full,
            _ => {}
        }
        let parts = (sweep_angle.abs() / (full / 4.0)).ceil().max(1.0);
        let step = sweep_angle / parts;
        let arm = 4.0 / 3.0 * (step / 4.0).tan();
        let place = |x: f64, y: f64| (middle.0 + cos * rx * x - sin * ry * y, middle.1 + sin * rx * x + cos * ry * y);
        for part in 0..parts as usize {
            let (a, b) = (first + step * part as f64, first + step * (part + 1) as f64);
            let end = if part + 1 == parts as usize { to } else { place(b.cos(), b.sin()) };
            self.curve(
                place(a.cos() - arm * a.sin(), a.sin() + arm * a.cos()),
                place(b.cos() + arm * b.sin(), b.sin() - arm * b.cos()),
                end,
            );
        }
        self.handles = (None, None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_understood_and_a_mistake_ends_the_path() {
        use Step::{Close, Curve, Line, Move};
        assert_eq!(
            steps("m1 2l3-1h-2V4M0,0 5 5c0 0 1 1 2 2z"),
            [
                Move(1.0, 2.0),
                Line(4.0, 1.0),
                Line(2.0, 1.0),
                Line(2.0, 4.0),
                Move(0.0, 0.0),
                Line(5.0, 5.0),
                Curve(5.0, 5.0, 6.0, 6.0, 7.0, 7.0),
                Close,
            ]
        );
        assert_eq!(steps("M1 1L2 oops L3 3"), [Move(1.0, 1.0)]);
        // Half a circle of radius 1 from one side to the other, by way of (0, 1).
        let arc = steps("M1 0A1 1 0 01-1 0");
        assert_eq!(arc.len(), 3);
        let Curve(.., x, y) = arc[1] else { panic!("{arc:?}") };
        assert!(x.abs() < 1e-9 && (y - 1.0).abs() < 1e-9, "{arc:?}");
        assert!(matches!(arc[2], Curve(.., x, y) if (x, y) == (-1.0, 0.0)));
    }
}

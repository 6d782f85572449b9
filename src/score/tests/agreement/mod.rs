//! Delta, gate and plan computed a second time, from the documentation and with no code of the program: naive, exact,
//! on random policies and evidence.

mod delta;
mod extras;
mod gate;
mod outcomes;
mod plan;
mod rules;
mod specs;
mod way;

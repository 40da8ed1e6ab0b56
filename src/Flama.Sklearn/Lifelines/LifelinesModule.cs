namespace Flama.Sklearn.Lifelines;

/// <summary>The models of <c>lifelines</c>.</summary>
internal static class LifelinesModule
{
    public static readonly EstimatorEntry[] Entries =
    [
        new("CoxPHFitter", state => new CoxPHFitter(state), "lifelines.fitters.coxph_fitter"),
    ];
}

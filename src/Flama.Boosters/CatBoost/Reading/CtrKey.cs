namespace Flama.Boosters.CatBoost.Reading;

/// <summary>What makes a table and a feature that looks numbers up in it belong together.</summary>
/// <param name="Type">What was counted.</param>
/// <param name="Classifier">Which classes of the target, where there are several ways to make them.</param>
/// <param name="Projection">What is looked up.</param>
internal sealed record CtrKey(CtrType Type, int Classifier, CtrProjection Projection);

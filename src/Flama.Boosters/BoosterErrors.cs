namespace Flama.Boosters;

/// <summary>How the errors of one booster are told: a wrapper in a pickle names its class, a file its name.</summary>
/// <param name="Fail">Makes the error of a model that contradicts itself from what is wrong.</param>
/// <param name="Unsupported">Makes the error of something that is known and cannot be evaluated from what that is.</param>
internal sealed record BoosterErrors(Func<string, FlamaException> Fail, Func<string, FlamaException> Unsupported);

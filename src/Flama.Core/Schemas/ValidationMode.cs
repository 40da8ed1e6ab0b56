namespace Flama.Schemas;

/// <summary>What becomes of rows that are against a model's schema.</summary>
public enum ValidationMode
{
    /// <summary>They are refused, and the answer names each violation.</summary>
    Strict,

    /// <summary>They are computed, and whoever loaded the model hears of it.</summary>
    Warn,

    /// <summary>The schema is not looked at.</summary>
    Off,
}

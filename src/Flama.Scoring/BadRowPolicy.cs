namespace Flama.Scoring;

/// <summary>What happens to a row that the model does not take.</summary>
public enum BadRowPolicy
{
    /// <summary>It ends the run.</summary>
    Stop,

    /// <summary>It has no result.</summary>
    Skip,

    /// <summary>It has the result null.</summary>
    Null,
}

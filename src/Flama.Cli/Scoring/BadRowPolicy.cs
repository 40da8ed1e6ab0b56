namespace Flama.Cli.Scoring;

/// <summary>What a row does that the model does not take.</summary>
internal enum BadRowPolicy
{
    /// <summary>Ends the run.</summary>
    Stop,

    /// <summary>Has no result.</summary>
    Skip,

    /// <summary>Has the result null.</summary>
    Null,
}

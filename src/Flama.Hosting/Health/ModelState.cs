namespace Flama.Hosting.Health;

/// <summary>What can be told of a served model.</summary>
internal enum ModelState
{
    /// <summary>Loaded, and it has answered a row.</summary>
    Ready,

    /// <summary>The same, from an older file: the one that is there now cannot be loaded.</summary>
    Stale,

    /// <summary>Loaded, and it does not answer.</summary>
    Failed,

    /// <summary>Not in memory.</summary>
    NotLoaded,
}

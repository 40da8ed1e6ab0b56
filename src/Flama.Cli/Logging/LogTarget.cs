namespace Flama.Cli.Logging;

/// <summary>The kinds of places for lines.</summary>
internal enum LogTarget
{
    /// <summary>Standard error.</summary>
    Error,

    /// <summary>Standard output.</summary>
    Output,

    /// <summary>A file.</summary>
    File,
}

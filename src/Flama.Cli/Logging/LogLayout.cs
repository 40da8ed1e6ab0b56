namespace Flama.Cli.Logging;

/// <summary>How an event is written.</summary>
internal abstract class LogLayout
{
    /// <summary>The line without its end; a text layout puts the lines of an exception behind it.</summary>
    public abstract string Format(LogEvent entry);
}

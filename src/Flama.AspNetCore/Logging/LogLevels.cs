using Microsoft.Extensions.Logging;

namespace Flama.AspNetCore.Logging;

/// <summary>The words for levels, those of Python and of the original.</summary>
public static class LogLevels
{
    /// <summary>The word in a line.</summary>
    public static string Word(LogLevel level) => level switch
    {
        LogLevel.Critical => "CRITICAL",
        LogLevel.Error => "ERROR",
        LogLevel.Warning => "WARNING",
        LogLevel.Information => "INFO",
        LogLevel.Debug => "DEBUG",
        _ => "TRACE",
    };

    /// <summary>The colour of the word, as a terminal counts.</summary>
    public static int Color(LogLevel level) => level switch
    {
        LogLevel.Critical => 91,
        LogLevel.Error => 31,
        LogLevel.Warning => 33,
        LogLevel.Information => 32,
        LogLevel.Debug => 36,
        _ => 34,
    };

    /// <summary>The level of a word or of a number of Python's; null when it is none.</summary>
    public static LogLevel? Of(string word) => word.ToUpperInvariant() switch
    {
        "CRITICAL" or "FATAL" or "50" => LogLevel.Critical,
        "ERROR" or "40" => LogLevel.Error,
        "WARNING" or "WARN" or "30" => LogLevel.Warning,
        "INFO" or "20" => LogLevel.Information,
        "DEBUG" or "10" => LogLevel.Debug,
        "TRACE" or "5" or "NOTSET" or "0" => LogLevel.Trace,
        _ => null,
    };
}

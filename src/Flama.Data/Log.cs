using Microsoft.Extensions.Logging;

namespace Flama.Data;

internal static partial class Log
{
    [LoggerMessage(5001, LogLevel.Information, "Records {Name} of {Context} are mapped to {Path} with {Verbs}")]
    public static partial void Mapped(ILogger logger, string name, string context, string path, string verbs);

    [LoggerMessage(5002, LogLevel.Warning, "The database did not do what {Method} of {Name} asked")]
    public static partial void Unavailable(ILogger logger, Exception exception, string method, string name);
}

using Microsoft.Extensions.Logging;

namespace Flama.Mcp;

internal static partial class Log
{
    [LoggerMessage(1801, LogLevel.Error, "The list of tools could not be made anew; agents see the one before")]
    public static partial void NotRefreshed(ILogger logger, Exception exception);
}

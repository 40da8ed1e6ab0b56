using Microsoft.Extensions.Logging;

namespace Flama.AspNetCore.Tokens;

internal static partial class Log
{
    [LoggerMessage(3201, LogLevel.Warning, "The keys of tokens stay as they are: {Reason}")]
    public static partial void TokenKeysUnreadable(ILogger logger, string reason);
}

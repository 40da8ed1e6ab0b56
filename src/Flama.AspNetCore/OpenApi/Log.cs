using Microsoft.Extensions.Logging;

namespace Flama.AspNetCore.OpenApi;

internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Debug, "No example row was found that model {Name} takes; its operations are documented without one")]
    public static partial void NoExample(ILogger logger, string name);
}

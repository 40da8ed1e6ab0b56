using Microsoft.Extensions.Logging;

namespace Flama.AspNetCore.Models;

internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Information, "Model {Name} ({ModelClass}, {Framework} {Version}) is mapped to {Url} with {Methods}")]
    public static partial void ModelMapped(ILogger logger, string name, string modelClass, string framework, string version, string url, string methods);

    [LoggerMessage(1002, LogLevel.Warning, "Model {Name}: {Warning}")]
    public static partial void ModelWarning(ILogger logger, string name, string warning);

    [LoggerMessage(1003, LogLevel.Information, "Model {Name} at {Url} was replaced by {ModelClass}, id {Id}, with {Methods}")]
    public static partial void ModelReplaced(ILogger logger, string name, string url, string modelClass, string? id, string methods);
}

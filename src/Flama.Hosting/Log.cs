using System.Net;
using Microsoft.Extensions.Logging;

namespace Flama.Hosting;

internal static partial class Log
{
    [LoggerMessage(4001, LogLevel.Information, "Model '{Name}' ({ModelClass}, {Framework} {Version}) was loaded in {Elapsed:0} ms")]
    public static partial void ModelLoaded(ILogger logger, string name, string modelClass, string framework, string version, double elapsed);

    [LoggerMessage(4002, LogLevel.Warning, "Model '{Name}': {Warning}")]
    public static partial void ModelWarning(ILogger logger, string name, string warning);

    [LoggerMessage(4003, LogLevel.Information, "Model '{Name}' was replaced by {ModelClass} ({Framework} {Version}), id {Id}")]
    public static partial void ModelReplaced(ILogger logger, string name, string modelClass, string framework, string version, string id);

    [LoggerMessage(4004, LogLevel.Warning, "Model '{Name}' stays as it is: '{Path}' has changed and cannot be loaded: {Reason}")]
    public static partial void ReloadFailed(ILogger logger, string name, string path, string reason);

    [LoggerMessage(4005, LogLevel.Warning, "Model '{Name}' stays as it is: '{Path}' is gone")]
    public static partial void FileGone(ILogger logger, string name, string path);

    [LoggerMessage(4006, LogLevel.Warning, "Model '{Name}' stays as it is: '{Path}' has changed: {Reason}")]
    public static partial void UpdateRefused(ILogger logger, string name, string path, string reason);

    [LoggerMessage(4007, LogLevel.Warning, "The configuration has {Section}, which has no effect: the application does not call {Method}")]
    public static partial void SectionUnused(ILogger logger, string section, string method);

    [LoggerMessage(4010, LogLevel.Information, "Health is at http://{Address}/health")]
    public static partial void HealthListening(ILogger logger, IPEndPoint address);

    [LoggerMessage(4011, LogLevel.Information, "'{Path}' has {Count} keys now")]
    public static partial void KeysRead(ILogger logger, string path, int count);

    [LoggerMessage(4012, LogLevel.Warning, "'{Path}' is gone: no key is valid")]
    public static partial void KeysGone(ILogger logger, string path);

    [LoggerMessage(4013, LogLevel.Warning, "The keys stay as they are: {Reason}")]
    public static partial void KeysUnreadable(ILogger logger, string reason);

    [LoggerMessage(4030, LogLevel.Information, "Repository '{Directory}' has {Models} models, {Faults} of them with faults")]
    public static partial void RepositoryRead(ILogger logger, string directory, int models, int faults);

    [LoggerMessage(4031, LogLevel.Warning, "Model '{Name}' of the repository: {Fault}")]
    public static partial void RepositoryFault(ILogger logger, string name, string fault);

    [LoggerMessage(4032, LogLevel.Warning, "The repository '{Directory}' stays as it is: {Reason}")]
    public static partial void RefreshFailed(ILogger logger, string directory, string reason);

    [LoggerMessage(4033, LogLevel.Debug, "Model '{Name}', version {Version} ({ModelClass}, {Framework} {FrameworkVersion}), was loaded in {Elapsed:0} ms")]
    public static partial void VersionLoaded(ILogger logger, string name, string version, string modelClass, string framework, string frameworkVersion, double elapsed);

    [LoggerMessage(4034, LogLevel.Warning, "Model '{Name}', version {Version}, cannot be loaded: {Reason}")]
    public static partial void LoadFailed(ILogger logger, string name, string version, string reason);

    [LoggerMessage(4035, LogLevel.Debug, "Model '{Name}', version {Version}, was unloaded")]
    public static partial void ModelUnloaded(ILogger logger, string name, string version);

    [LoggerMessage(4036, LogLevel.Warning, "Model '{Name}' stays at version {Version}; version {Next} is not taken: {Reason}")]
    public static partial void VersionRefused(ILogger logger, string name, string version, string next, string reason);

    [LoggerMessage(4037, LogLevel.Information, "Model '{Name}': version {Version} was promoted; the default is {Default}")]
    public static partial void VersionPromoted(ILogger logger, string name, string version, string @default);

    [LoggerMessage(4038, LogLevel.Information, "Model '{Name}' is gone from the repository")]
    public static partial void ModelGone(ILogger logger, string name);

    [LoggerMessage(4039, LogLevel.Information, "Model '{Name}' is at version {Version} now, after {Before}")]
    public static partial void VersionTaken(ILogger logger, string name, string version, string before);

    [LoggerMessage(4042, LogLevel.Warning, "Model '{Name}' is served by version {Version}; version {Newest} cannot be loaded, and is tried again when its file has changed: {Reason}")]
    public static partial void FellBack(ILogger logger, string name, string version, string newest, string reason);

    [LoggerMessage(4021, LogLevel.Warning, "Predictions that are not in the log: {Count}; {Reason}")]
    public static partial void PredictionsDropped(ILogger logger, long count, string reason);

    [LoggerMessage(4022, LogLevel.Warning, "Model '{Name}' has computed cells that are against its schema, {Count} since the last warning: {Rules}")]
    public static partial void Violations(ILogger logger, string name, long count, string rules);

    [LoggerMessage(4201, LogLevel.Warning, "The last {Bytes} bytes of the audit log '{Path}' were no whole entry and are cut off")]
    public static partial void AuditRecovered(ILogger logger, string path, long bytes);

    [LoggerMessage(4202, LogLevel.Error, "The audit log cannot be written, and waits: {Reason}")]
    public static partial void AuditFailed(ILogger logger, string reason);

    [LoggerMessage(4040, LogLevel.Information, "'{Location}' has changed and was downloaded, SHA-256 {Digest}")]
    public static partial void SourceChanged(ILogger logger, string location, string digest);

    [LoggerMessage(4041, LogLevel.Warning, "The model of '{Location}' stays as it is: {Reason}")]
    public static partial void SourceFailed(ILogger logger, string location, string reason);

    [LoggerMessage(4042, LogLevel.Warning, "The repository '{Location}' begins as it was: {Reason}")]
    public static partial void RepositoryRecalled(ILogger logger, string location, string reason);
}

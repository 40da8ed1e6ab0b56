using Flama.AspNetCore;
using Flama.Hosting;

namespace Flama.Cli.Settings;

/// <summary>What a server in production has around its models.</summary>
internal static partial class ServerSettings
{
    public static readonly Setting<int?> HealthPort = new Setting<int?>(
        "--server-health-port", Kinds.OptionalPort, null, "Answer health on this port too, whatever the server is busy with; 0 for any free one.")
    {
        Aliases = ["--health-port"],
    }.Sets<FlamaOptions>((flama, port) => flama.Health.Port = port);

    public static readonly Setting<double> StopDelay = new Setting<double>(
        "--server-stop-delay", Kinds.Amount("SECONDS"), 0, "When asked to stop, serve on for so long with readiness off.")
        .Sets<FlamaOptions>((flama, seconds) => flama.StopDelay = Seconds(seconds));

    public static readonly Setting<string?> Keys = new("--server-keys", Kinds.File(), null, "Ask callers for one of the keys in this file; see: flama key --help");

    public static readonly Setting<bool> ModelHeaders = new Setting<bool>(
        "--server-model-headers", Kinds.Flag, true, "Name the model in X-Model-Id, X-Model-Version and X-Model-Digest of answers.")
    {
        Negation = "--server-no-model-headers",
    }.Sets<FlamaHttpOptions>((http, isOn) => http.ModelHeaders = isOn);

    public static readonly Setting<bool> Exam = new Setting<bool>(
        "--server-exam", Kinds.Flag, true, "A new version of a model replays its stored cases and answers a made-up row before it replaces the old one.")
    {
        Negation = "--server-no-exam",
    }.Sets<FlamaOptions>((flama, isOn) => flama.Updates.Examines = isOn);

    public static readonly Setting<double> ExamTolerance = new Setting<double>(
        "--server-exam-tolerance", Kinds.Amount("NUMBER"), 1e-9, "Largest relative difference from the numbers of stored cases.")
        .Sets<FlamaOptions>((flama, tolerance) => flama.Updates.CaseTolerance = tolerance);

    public static readonly Setting<bool> RequestId = new(
        "--server-request-id", Kinds.Flag, false, "Take X-Request-ID or make one, and answer with it and X-Process-Time.");

    private const string ServerLog = "-";

    public static readonly Setting<string?> PredictionLog = new Setting<string?>(
        "--server-prediction-log", Kinds.File(), null, "Add a JSON line per prediction to FILE, without inputs; - for the server's log.")
    {
        Aliases = ["--prediction-log"],
    }.Sets<PredictionLogOptions>((log, file) => log.File = file == ServerLog ? null : file);

    public static readonly Setting<double> PredictionLogSample = new Setting<double>(
        "--server-prediction-log-sample", Kinds.Share, 1, "The share of the predictions to log, by chance.")
    {
        Aliases = ["--prediction-log-sample"],
    }.Sets<PredictionLogOptions>((log, share) => log.SampleRate = share);

    /// <summary>Those that have no other group.</summary>
    public static SettingGroup ProductionGroup => new(
        "Production", [HealthPort, StopDelay, ModelHeaders, RequestId, Exam, ExamTolerance, PredictionLog, PredictionLogSample]);
}

using System.Globalization;
using System.Text;
using Flama.Hosting.Predictions;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Metrics;

/// <summary>Adds what Triton measures of inference, under its names, to the metrics of another endpoint. Thread-safe.</summary>
/// <remarks>Durations are sums in microseconds. There is no queue here: its time and its length are 0.</remarks>
internal sealed class TritonMetrics(PredictionStatistics statistics, RequestDelegate inner)
{
    private const string OpenMetricsEnd = "# EOF\n";

    public async Task HandleAsync(HttpContext context)
    {
        var response = context.Response;
        var body = response.Body;
        using MemoryStream metrics = new();
        response.Body = metrics;
        try
        {
            await inner(context);
        }
        finally
        {
            response.Body = body;
        }

        if (response.StatusCode == StatusCodes.Status200OK)
        {
            var isOpen = response.ContentType?.StartsWith("application/openmetrics-text", StringComparison.Ordinal) == true;
            if (isOpen && metrics.Length >= OpenMetricsEnd.Length)
            {
                metrics.SetLength(metrics.Length - OpenMetricsEnd.Length);
            }

            metrics.Write(Encoding.UTF8.GetBytes(Write(isOpen)));
        }

        response.ContentLength = metrics.Length;
        await response.Body.WriteAsync(metrics.GetBuffer().AsMemory(0, (int)metrics.Length), context.RequestAborted);
    }

    private string Write(bool isOpen)
    {
        Figures[] all =
        [
            .. from model in statistics.Models
               from version in model.Record.Versions
               select new Figures($"model=\"{Escape(model.Name)}\",version=\"{Escape(version.Version)}\"", [.. version.Methods.Select(method => method.Read())], version.Errors),
        ];
        StringBuilder text = new();
        Add("request_success", "Requests that were answered", figures => figures.Methods.Sum(method => method.Succeeded));
        AddHead("request_failure", "Requests that failed, by reason");
        foreach (var figures in all)
        {
            foreach (var reason in figures.Errors.GroupBy(error => ReasonOf(error.Key), StringComparer.Ordinal).OrderBy(reason => reason.Key, StringComparer.Ordinal))
            {
                AddSample("request_failure", $"{figures.Labels},reason=\"{reason.Key}\"", reason.Sum(error => error.Value));
            }
        }

        Add("count", "Rows that were computed", figures => figures.Methods.Sum(method => method.Rows));
        Add("exec_count", "How often the model computed", figures => figures.Methods.Sum(method => method.Runs));
        Add("request_duration_us", "Time of all requests", figures => figures.Methods.Sum(method => Microseconds(method.Total)));
        Add("queue_duration_us", "Time that requests waited in a queue", _ => 0);
        Add("compute_input_duration_us", "Time to read and check rows", figures => figures.Methods.Sum(method => Microseconds(method.Read)));
        Add("compute_infer_duration_us", "Time to compute", figures => figures.Methods.Sum(method => Microseconds(method.Predict)));
        Add("compute_output_duration_us", "Time to write answers", figures => figures.Methods.Sum(method => Microseconds(method.Write)));
        AddHead("pending_request_count", "Requests that wait in a queue", "gauge");
        foreach (var model in statistics.Models)
        {
            AddSample("pending_request_count", $"model=\"{Escape(model.Name)}\"", 0);
        }

        return isOpen ? text.Append(OpenMetricsEnd).ToString() : text.ToString();

        void Add(string name, string help, Func<Figures, long> value)
        {
            AddHead(name, help);
            foreach (var figures in all)
            {
                AddSample(name, figures.Labels, value(figures));
            }
        }

        // A counter of OpenMetrics has a name that ends in _total, which these do not.
        void AddHead(string name, string help, string type = "counter") => text.Append(
            CultureInfo.InvariantCulture, $"# HELP nv_inference_{name} {help}.\n# TYPE nv_inference_{name} {(isOpen && type == "counter" ? "unknown" : type)}\n");

        void AddSample(string name, string labels, long value) => text.Append(CultureInfo.InvariantCulture, $"nv_inference_{name}{{{labels}}} {value}\n");
    }

    private static long Microseconds(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMicrosecond;

    private static string ReasonOf(string code) => code switch
    {
        "overloaded" => "REJECTED",
        "client_gone" => "CANCELED",
        "internal" => "BACKEND",
        _ => "OTHER",
    };

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private sealed record Figures(string Labels, IReadOnlyList<MethodFigures> Methods, IReadOnlyDictionary<string, long> Errors);
}

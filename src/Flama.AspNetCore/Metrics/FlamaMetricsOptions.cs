namespace Flama.AspNetCore;

/// <summary>Which metrics an application shows. Read once, when they are mapped.</summary>
public sealed class FlamaMetricsOptions
{
    /// <summary>
    /// Whether the metrics of inference that Triton has are there too, under its names (<c>nv_inference_request_success</c>, <c>nv_inference_count</c>, …) and labels
    /// (<c>model</c>, <c>version</c>), for dashboards and autoscalers that know those. Default false.
    /// </summary>
    public bool TritonNames { get; set; }
}

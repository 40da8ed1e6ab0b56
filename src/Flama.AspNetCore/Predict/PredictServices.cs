using Flama.AspNetCore.Admission;
using Flama.AspNetCore.Buffers;
using Flama.AspNetCore.Caching;
using Flama.AspNetCore.Errors;
using Flama.AspNetCore.Memory;
using Flama.Hosting.Predictions;

namespace Flama.AspNetCore.Predict;

/// <summary>What every predict endpoint of an application shares.</summary>
internal sealed record PredictServices(
    PredictRequestReader Reader, PredictResponseWriter Writer, ErrorResponder Errors, MemoryBudget Memory, TimeProvider Time, bool HasModelHeaders, PredictionWatch? Watch)
{
    public required ModelGates Gates { get; init; }

    /// <summary>The most rows and values of a request; null for any number.</summary>
    public InputLimit? InputLimit { get; init; }

    public required PooledBuffers Buffers { get; init; }

    /// <summary>Whether errors do not tell a model's class.</summary>
    public bool HidesInternals { get; init; }

    /// <summary>Answers that were computed; null where the application keeps none.</summary>
    public PredictionCache? Cache { get; init; }
}

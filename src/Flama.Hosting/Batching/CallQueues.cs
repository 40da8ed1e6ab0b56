using System.Runtime.CompilerServices;

namespace Flama.Hosting.Batching;

/// <summary>The queues of a model's methods; those of a version that was replaced go with it. Thread-safe.</summary>
/// <param name="model">The model's name.</param>
/// <param name="options">How much is joined.</param>
/// <param name="degree">On how many threads a call is computed.</param>
/// <param name="time">The clock.</param>
internal sealed class CallQueues(string model, BatchingOptions options, int degree, TimeProvider time)
{
    private readonly ConditionalWeakTable<ModelMethod, CallQueue> queues = [];

    /// <summary>The queue of a method; null where calls with the input are computed by themselves.</summary>
    public CallQueue? Of(ModelMethod method, ModelInput input) => method.IsRowwise && input.Rows < options.MaxRows
        ? queues.GetValue(method, made => new CallQueue(model, made, options, degree, time))
        : null;

    /// <summary>The queues of a model; null where it joins nothing.</summary>
    public static CallQueues? For(ServedModel model, int degree, TimeProvider time) => model.Batching is { MaxRows: > 1 } options ? new(model.Name, options, degree, time) : null;
}

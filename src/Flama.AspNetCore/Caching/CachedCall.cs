using Flama.AspNetCore.Buffers;
using Flama.Hosting.Predictions;

namespace Flama.AspNetCore.Caching;

/// <summary>One request whose answer is looked for in the cache. Disposing it disposes what was computed. Not thread-safe.</summary>
/// <param name="buffers">Buffers to write to.</param>
/// <param name="predict">Computes the output.</param>
/// <param name="probabilities">Gives the probabilities afterwards; null for none.</param>
/// <param name="form">What is counted of the answer; null for nothing.</param>
internal sealed class CachedCall(PooledBuffers buffers, Func<ValueTask<ModelOutput>> predict, Func<ModelOutput?> probabilities, Func<AnswerForm>? form = null) : IDisposable
{
    /// <summary>What was computed; null when the answer was there.</summary>
    public ModelOutput? Output { get; private set; }

    /// <summary>Computes the answer.</summary>
    public async ValueTask<byte[]> ComputeAsync()
    {
        Output = await predict();
        var buffer = buffers.Rent();
        try
        {
            return CachedAnswer.Write(Output, probabilities(), buffer, form?.Invoke());
        }
        finally
        {
            buffers.Return(buffer);
        }
    }

    public void Dispose() => Output?.Dispose();
}

using Microsoft.AspNetCore.Http.Features;

namespace Flama.AspNetCore.Calls;

/// <summary>The answer to a request from within, and the life of that request.</summary>
/// <param name="written">What of the body has left the endpoint.</param>
/// <param name="aborting">Ends the request.</param>
internal sealed class InnerResponse(MemoryStream written, CancellationTokenSource aborting) : HttpResponseFeature, IHttpRequestLifetimeFeature
{
    private readonly Stack<(Func<object, Task> Run, object State)> completions = [];

    /// <summary>Whether the endpoint gave up in the middle of its answer.</summary>
    public bool IsAborted { get; private set; }

    public CancellationToken RequestAborted { get; set; } = aborting.Token;

    public override bool HasStarted => written.Length > 0;

    public override void OnCompleted(Func<object, Task> callback, object state) => completions.Push((callback, state));

    public void Abort()
    {
        IsAborted = true;
        aborting.Cancel();
    }

    /// <summary>Ends the request: what was registered for its end is run, the last first.</summary>
    public async Task CompleteAsync()
    {
        while (completions.TryPop(out var completion))
        {
            await completion.Run(completion.State);
        }
    }
}

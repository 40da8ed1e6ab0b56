using Microsoft.AspNetCore.Http.Timeouts;

namespace Flama.AspNetCore.Calls;

/// <summary>The time of a request from within: when it is over, the request is cancelled.</summary>
internal sealed class InnerTimeout : IHttpRequestTimeoutFeature, IDisposable
{
    private readonly CancellationTokenSource expiring;
    private readonly CancellationTokenRegistration registration;

    public InnerTimeout(TimeSpan limit, CancellationTokenSource aborting)
    {
        expiring = new(limit);
        registration = expiring.Token.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), aborting);
    }

    public CancellationToken RequestTimeoutToken => expiring.Token;

    public void DisableTimeout() => expiring.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        registration.Dispose();
        expiring.Dispose();
    }
}

namespace Flama.Tests;

/// <summary>Looks at every error answer that a client of the tests gets, and fails the call where it tells of the server. Debug pages, which are HTML, tell what they want.</summary>
internal sealed class ErrorWatch(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const int FirstError = 400;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if ((int)response.StatusCode < FirstError || response.Content.Headers.ContentType?.MediaType == "text/html")
        {
            return response;
        }

        await response.Content.LoadIntoBufferAsync(cancellationToken);
        var text = $"{response.Headers}{await response.Content.ReadAsStringAsync(cancellationToken)}";

        // A path or a name that the caller has sent may come back.
        return ErrorText.FindTelling(text) is { } telling && request.RequestUri?.ToString().Contains(telling, StringComparison.OrdinalIgnoreCase) != true
            ? throw new InvalidOperationException($"The answer {(int)response.StatusCode} to {request.Method} {request.RequestUri} tells '{telling}' of the server: {text}")
            : response;
    }
}

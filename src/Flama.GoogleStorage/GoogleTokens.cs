using System.Text.Json;
using Flama.Hosting.Sources;

namespace Flama.GoogleStorage;

/// <summary>The token of the requests, asked for again before it ends. Thread-safe; one asks for all.</summary>
/// <param name="client">Sends the requests; stays the caller's.</param>
/// <param name="file">The file of credentials; null for where Google's tools look.</param>
internal sealed class GoogleTokens(HttpClient client, string? file) : IDisposable
{
    private const string Metadata = "metadata.google.internal";

    // Tokens are valid for an hour; one that ends on its way is of no use.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim asking = new(1);
    private string? token;
    private long until;

    /// <summary>Gives the token.</summary>
    /// <param name="location">What it is needed for.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="FlamaException">There are no credentials, or they are refused (<see cref="ErrorCodes.SourceUnavailable"/>).</exception>
    public async Task<string> GetAsync(Uri location, CancellationToken cancellationToken)
    {
        await asking.WaitAsync(cancellationToken);
        try
        {
            if (token is null || Environment.TickCount64 >= until)
            {
                await AskAsync(location, cancellationToken);
            }

            return token!;
        }
        finally
        {
            asking.Release();
        }
    }

    public void Dispose() => asking.Dispose();

    private async Task AskAsync(Uri location, CancellationToken cancellationToken)
    {
        using var message = FileOf() is { } path ? GoogleCredentials.Read(path, location).Ask() : AskMachine();
        HttpResponseMessage answer;
        try
        {
            answer = await client.SendAsync(message, cancellationToken);
        }
        catch (HttpRequestException failure) when (FileOf() is null)
        {
            throw SourceFailure.Unavailable(
                location,
                "no credentials are found",
                "Set GOOGLE_APPLICATION_CREDENTIALS, or run: gcloud auth application-default login. For buckets that everyone may read, set IsAnonymous (--server-source-anonymous).",
                failure);
        }

        using (answer)
        {
            if (!answer.IsSuccessStatusCode)
            {
                throw SourceFailure.OfStatus(location, (int)answer.StatusCode, "credentials refused");
            }

            try
            {
                using var document = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
                var root = document.RootElement;
                var lifetime = TimeSpan.FromSeconds(root.TryGetProperty("expires_in", out var seconds) ? seconds.GetInt64() : 0);
                (token, until) = (root.GetProperty("access_token").GetString(), Environment.TickCount64 + (long)(lifetime - Margin).TotalMilliseconds);
            }
            catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
            {
                throw SourceFailure.Unavailable(location, "the answer to its credentials has no token", inner: failure);
            }
        }
    }

    private static HttpRequestMessage AskMachine()
    {
        var host = Variable("GCE_METADATA_HOST") ?? Metadata;
        HttpRequestMessage message = new(HttpMethod.Get, new Uri($"http://{host}/computeMetadata/v1/instance/service-accounts/default/token"));
        message.Headers.Add("Metadata-Flavor", "Google");
        return message;
    }

    private string? FileOf()
    {
        if ((file ?? Variable("GOOGLE_APPLICATION_CREDENTIALS")) is { } named)
        {
            return named;
        }

        var folder = Variable("CLOUDSDK_CONFIG") ?? (OperatingSystem.IsWindows()
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "gcloud")
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config", "gcloud"));
        var path = Path.Combine(folder, "application_default_credentials.json");
        return File.Exists(path) ? path : null;
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}

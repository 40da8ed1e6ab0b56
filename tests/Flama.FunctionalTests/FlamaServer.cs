using System.Net.Http.Headers;
using System.Text;
using Flama.Tests;

namespace Flama.FunctionalTests;

/// <summary>A running <c>flama serve</c> on a port of its own choice.</summary>
internal sealed class FlamaServer : IAsyncDisposable
{
    private const string Ready = "Flama running on ";
    private const int LargeBody = 1 << 20;

    private FlamaServer(FlamaProcess process, Uri address, IReadOnlyList<string> startLines)
    {
        Process = process;
        StartLines = startLines;
        Client = new HttpClient(new ErrorWatch(new SocketsHttpHandler { Expect100ContinueTimeout = Timeout.InfiniteTimeSpan })) { BaseAddress = address };
    }

    public FlamaProcess Process { get; }

    public IReadOnlyList<string> StartLines { get; }

    public HttpClient Client { get; }

    public Uri Address => Client.BaseAddress!;

    /// <summary>Starts a server and waits until it listens.</summary>
    public static Task<FlamaServer> StartAsync(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? variables = null) =>
        StartCommandAsync(["serve", .. arguments], variables);

    /// <summary>Starts a server by another command and waits until it listens.</summary>
    public static Task<FlamaServer> StartCommandAsync(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? variables = null) =>
        WaitAsync(FlamaProcess.Start(arguments, variables));

    /// <summary>Starts a server by a program that starts <c>flama</c>, and waits until it listens.</summary>
    public static Task<FlamaServer> StartBehindAsync(IEnumerable<string> launcher, IEnumerable<string> arguments) => WaitAsync(FlamaProcess.StartBehind(launcher, ["serve", .. arguments]));

    private static async Task<FlamaServer> WaitAsync(FlamaProcess process)
    {
        try
        {
            List<string> lines = [];
            string line;
            do
            {
                line = await process.WaitForErrorAsync("");
                lines.Add(line);
            }
            while (!line.Contains(Ready, StringComparison.Ordinal));

            var address = line[(line.IndexOf(Ready, StringComparison.Ordinal) + Ready.Length)..].Split(' ')[0];
            return new FlamaServer(process, new Uri(address), lines);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Posts a JSON text.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, string json) => PostAsync(path, Encoding.UTF8.GetBytes(json));

    /// <summary>Posts bytes as JSON.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, byte[] json, string mediaType = "application/json")
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = new ByteArrayContent(json) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);

        // A body that is refused for its size need not be sent, and what is sent on might meet a closed connection.
        request.Headers.ExpectContinue = json.Length > LargeBody;
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Gets a text.</summary>
    public Task<string> GetStringAsync(string path) => Client.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Process.DisposeAsync();
    }
}

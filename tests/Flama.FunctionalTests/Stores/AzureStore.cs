using System.Globalization;
using Azure.Storage.Blobs;

namespace Flama.FunctionalTests.Stores;

/// <summary>Azure Blob Storage, by <c>azurite</c>.</summary>
public sealed class AzureStore : ObjectStore
{
    // The account that emulators have, and everyone knows.
    private const string Account = "devstoreaccount1", Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private NodeServer? server;
    private BlobContainerClient? container;

    public override string Secret => Key;

    protected override string Scheme => "az";

    public override Dictionary<string, string> Variables(int port) =>
        new(StringComparer.Ordinal) { ["AZURE_STORAGE_CONNECTION_STRING"] = Connection(port) };

    public override async ValueTask InitializeAsync()
    {
        server = await NodeServer.StartAsync(
            "azurite/dist/src/blob/main.js", "successfully listens", "--blobHost", "127.0.0.1", "--blobPort", "0", "--inMemoryPersistence", "--disableTelemetry", "--skipApiVersionCheck");
        if (server is null)
        {
            Absence = "azurite is not installed (tests/peers/install.sh, which needs npm).";
            return;
        }

        Port = server.Port;
        container = new(Connection(Port), Bucket);
        await container.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
    }

    public override async Task PutAsync(string name, byte[] content) =>
        await container!.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(content), overwrite: true, TestContext.Current.CancellationToken);

    public override async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

    private static string Connection(int port) =>
        string.Create(CultureInfo.InvariantCulture, $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint=http://127.0.0.1:{port}/{Account};");
}

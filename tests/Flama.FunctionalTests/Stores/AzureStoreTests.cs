namespace Flama.FunctionalTests.Stores;

/// <summary>Models in Azure Blob Storage.</summary>
public sealed class AzureStoreTests(AzureStore store) : StoreTests<AzureStore>(store), IClassFixture<AzureStore>;

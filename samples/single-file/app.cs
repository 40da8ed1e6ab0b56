#!/usr/bin/env dotnet
#:sdk Microsoft.NET.Sdk.Web
#:project ../../src/Flama.AspNetCore
#:property PublishAot=false

// Outside of this repository, in place of #:project: #:package Flama.AspNetCore@0.1.0
var folder = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddFlama().AddModel("churn", Path.Combine(folder, "..", "churn", "churn.flm"));

var app = builder.Build();
app.MapModels();
app.MapFlama();
app.Run();

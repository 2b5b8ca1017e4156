// A process that has never heard of MLNetDebug: loads a model, scores rows in bulk and one by one, and prints the scores.
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Tests.Consumer;

if (args is not [var path, ..])
    throw new ArgumentException("usage: MODEL");
var ml = new MLContext(1);
var model = ml.Model.Load(path, out _);
ModelInput[] rows = [new() { A = 0.1f, B = 0.9f }, new() { A = 1.5f, B = 0.2f }];
foreach (var score in model.Transform(ml.Data.LoadFromEnumerable(rows)).GetColumn<float>("Score"))
    Console.WriteLine(score.ToString("R", CultureInfo.InvariantCulture));
using var engine = ml.Model.CreatePredictionEngine<ModelInput, ModelOutput>(model);
foreach (var row in rows)
    Console.WriteLine(engine.Predict(row).Score.ToString("R", CultureInfo.InvariantCulture));

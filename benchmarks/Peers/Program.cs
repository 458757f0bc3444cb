Console.Error.WriteLine("peers");
return 2;
